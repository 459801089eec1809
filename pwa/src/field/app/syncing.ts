/**
 * The exchange with the county, fetched behind the first screen: who is due today is shown from the phone's own store
 * and waits for nothing. Until it is there, the line is said to be idle.
 */
import { type Accessor, createSignal } from 'solid-js';
import { language } from '../../i18n';
import type { Store } from '../../store';
import type { SyncHandle, SyncStatus } from '../../sync';

export interface Syncing {
  readonly status: Accessor<SyncStatus>;
  sendNow(): void;
  stop(): void;
}

const UNKNOWN: SyncStatus = { at: 'idle', lastHeard: null, nextTryAt: null };

export function startSyncing(store: Store): Syncing {
  const [handle, setHandle] = createSignal<SyncHandle | null>(null);
  let stopped = false;
  let asked = false;

  const begin = async (): Promise<void> => {
    const { startSync } = await import('../../sync');
    if (stopped) return;
    const started = startSync(store, { language: language() });
    setHandle(() => started);
    if (asked) started.sendNow();
  };
  // without its chunk nothing is sent, and nothing is lost: the next start of the app tries again
  begin().catch(() => undefined);

  return {
    status: () => handle()?.status() ?? UNKNOWN,
    sendNow() {
      asked = true;
      handle()?.sendNow();
    },
    stop() {
      stopped = true;
      handle()?.stop();
    },
  };
}
