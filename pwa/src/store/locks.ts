/**
 * Who may do it: one tab writes a draft, one tab speaks with the county. The browser's Web Locks vanish with the tab
 * that held them, so no clock is needed.
 */
import { LocalLocks, type LockRequest } from './local-locks';

/** `now`: at once or not at all; `steal`: from whoever has it; a number: wait so many ms, then steal. */
export type Patience = 'now' | 'steal' | number;

export interface Held {
  /** Settles when somebody else took it. */
  readonly lost: Promise<void>;
  isLost(): boolean;
  /** Somebody else waits for it. */
  isWanted(): Promise<boolean>;
  /** Settles when the next one may have it. */
  release(): Promise<void>;
}

const local = new LocalLocks();

type Manager = Pick<LocalLocks, 'request' | 'query'>;

function manager(): Manager {
  const here = globalThis as { navigator?: { locks?: Manager } };
  return here.navigator?.locks ?? local;
}

async function isWanted(name: string): Promise<boolean> {
  const { pending = [] } = await manager().query();
  return pending.some((waiting) => waiting.name === name);
}

function requested(name: string, request: LockRequest): Promise<Held | null> {
  return new Promise((resolve, reject) => {
    let lost = false;
    let tellLost: () => void;
    const whenLost = new Promise<void>((tell) => (tellLost = tell));
    const over = manager()
      .request(name, request, (lock) => {
        if (lock === null) {
          resolve(null);
          return Promise.resolve();
        }
        return new Promise<void>((letGo) => {
          const release = (): Promise<void> => {
            letGo();
            return over;
          };
          resolve({ lost: whenLost, isLost: () => lost, isWanted: () => isWanted(name), release });
        });
      })
      .catch((error: unknown) => {
        lost = true;
        tellLost();
        reject(error instanceof Error ? error : new Error(String(error))); // of no effect once it was given
      });
  });
}

/** The lock, or null with `now` when somebody has it. */
export async function acquire(name: string, patience: Patience): Promise<Held | null> {
  if (patience === 'now') return requested(name, { ifAvailable: true });
  if (patience === 'steal') return requested(name, { steal: true });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await requested(name, { signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return await requested(name, { steal: true });
  } finally {
    clearTimeout(timer);
  }
}
