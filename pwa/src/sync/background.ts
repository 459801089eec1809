/**
 * Syncing without a page: in the service worker, when Background Sync wakes it after she has put the phone away, and
 * under Node. Nothing here may touch a document.
 */
import { StoreError, openStore } from '../store';
import { type Surroundings, madeHere, runSync } from './loop';

export const SYNC_TAG = 'lianxin-outbox';

export const noPage: Surroundings = {
  hidden: () => false,
  listen: (store, wake) => madeHere(store, () => wake('work')),
};

/** Sends what waits. Rejects while something is left, so that the browser wakes us again later. */
export async function syncInBackground(): Promise<void> {
  const store = await openStore().catch((error: unknown) => {
    if (error instanceof StoreError && error.kind === 'nobody') return null;
    throw error;
  });
  if (store === null) return;
  const sync = runSync(store, noPage);
  try {
    await sync.settled();
    if ((await store.exchange.waiting()).length > 0) throw new Error('visits still wait for the county');
    const { photos } = sync.status();
    if (photos !== undefined && photos.count > 0 && photos.at !== 'wifi') throw new Error('photos still wait');
  } finally {
    sync.stop();
    store.close();
  }
}
