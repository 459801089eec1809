/** How much room the phone has left, and whether the browser promised to keep what is ours. */
import type { StorageView } from './types';

const SHORT_BYTES = 50_000_000;

/** As much of StorageManager as there may be: Node has none, a worker cannot ask, older browsers lack parts. */
interface Manager {
  estimate?(): Promise<{ usage?: number; quota?: number }>;
  persisted?(): Promise<boolean>;
  persist?(): Promise<boolean>;
}

const manager = (): Manager => (globalThis as { navigator?: { storage?: Manager } }).navigator?.storage ?? {};

/** null: this browser does not tell. */
export async function storageView(): Promise<StorageView | null> {
  const storage = manager();
  if (storage.estimate === undefined) return null;
  const { usage = 0, quota = 0 } = await storage.estimate();
  const persisted = (await storage.persisted?.()) ?? false;
  const left = quota - usage;
  return { used: usage, quota, persisted, short: quota > 0 && left < Math.max(SHORT_BYTES, quota / 10) };
}

/** Asks the browser not to clear our data by itself. It may ask her, or decide alone; a "no" changes nothing. */
export async function askToPersist(): Promise<boolean> {
  const storage = manager();
  return ((await storage.persisted?.()) ?? false) || ((await storage.persist?.()) ?? false);
}
