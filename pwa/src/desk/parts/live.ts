/**
 * Asks every five seconds whether anything changed that this desk can see. An answer without news is 304 and a few
 * bytes; a hidden tab does not ask, and asks at once when it is looked at again. No connection is held open.
 */
import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import type { Client } from '../../api/client';
import { ApiProblem } from '../../api/problem';

const EVERY_MS = 5000;

export type Heard = { at: 'fresh' } | { at: 'silent' };

export interface Live {
  /** grows with every change on the server */
  version: Accessor<number>;
  heard: Accessor<Heard>;
  look: () => Promise<void>;
}

export function createLive(api: Pick<Client, 'askNewer'>): Live {
  const [version, setVersion] = createSignal(0);
  const [heard, setHeard] = createSignal<Heard>({ at: 'fresh' });
  let token: string | null = null;
  let etag: string | null = null;
  let asking = false;

  async function look(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      const query = { since: token };
      const answer = await api.askNewer<{ token: string; changed: number }>('/api/desk/changes', { query, etag });
      if (answer !== null) {
        const first = token === null;
        token = answer.value.token;
        etag = answer.etag;
        if (!first && answer.value.changed > 0) setVersion((now) => now + 1);
      }
      if (heard().at === 'silent') setVersion((now) => now + 1);
      setHeard({ at: 'fresh' });
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.code === 'no_answer') setHeard({ at: 'silent' });
    } finally {
      asking = false;
    }
  }

  const soon = () => {
    if (document.visibilityState === 'visible') void look();
  };
  const timer = setInterval(soon, EVERY_MS);
  document.addEventListener('visibilitychange', soon);
  window.addEventListener('online', soon);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', soon);
    window.removeEventListener('online', soon);
  });
  void look();
  return { version, heard, look };
}

const context = createContext<Live>();
export const LiveProvider = context.Provider;

/** The one that the shell keeps for all pages. */
export function useLive(): Live {
  const live = useContext(context);
  if (live === undefined) throw new Error('outside of the shell');
  return live;
}
