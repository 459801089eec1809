/** How much room the phone has left, and whether the browser promised to keep what is ours. */
import type { StorageView } from './types';

const SHORT_BYTES = 50_000_000;

/** null: this browser does not tell. */
export async function storageView(): Promise<StorageView | null> {
  const storage = (globalThis as { navigator?: Partial<Navigator> }).navigator?.storage;
  if (typeof storage?.estimate !== 'function') return null;
  const { usage = 0, quota = 0 } = await storage.estimate();
  const persisted = typeof storage.persisted === 'function' && (await storage.persisted());
  const left = quota - usage;
  return { used: usage, quota, persisted, short: quota > 0 && left < Math.max(SHORT_BYTES, quota / 10) };
}

/** Asks the browser not to clear our data by itself. It may ask her, or decide alone; a "no" changes nothing. */
export async function askToPersist(): Promise<boolean> {
  const storage = (globalThis as { navigator?: Partial<Navigator> }).navigator?.storage;
  if (typeof storage?.persist !== 'function') return false;
  return (await storage.persisted()) || storage.persist();
}
