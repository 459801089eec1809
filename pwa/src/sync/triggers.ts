/**
 * What wakes the engine on a page. `online` only says that there may be a network; whether the county can be reached,
 * only an answer tells. Where the browser has Background Sync, it may wake our service worker after the page was closed.
 */
import { SYNC_TAG } from './background';
import { madeHere, type Surroundings } from './loop';
import { onNetworkChange } from './network';

interface SyncManager {
  register(tag: string): Promise<void>;
}

async function askForBackgroundSync(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await (registration as { sync?: SyncManager }).sync?.register(SYNC_TAG);
}

export const page: Surroundings = {
  hidden: () => document.visibilityState === 'hidden',
  listen(store, wake) {
    const online = (): void => wake('line');
    const seen = (): void => {
      if (document.visibilityState === 'visible') wake('work');
    };
    const unlisten = madeHere(store, () => {
      wake('work');
      if ('serviceWorker' in navigator) void askForBackgroundSync().catch(() => undefined); // the page tries anyway
    });
    const unwatch = onNetworkChange(online);
    addEventListener('online', online);
    document.addEventListener('visibilitychange', seen);
    return () => {
      unlisten();
      unwatch();
      removeEventListener('online', online);
      document.removeEventListener('visibilitychange', seen);
    };
  },
};
