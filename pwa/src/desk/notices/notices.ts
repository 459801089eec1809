/**
 * What happened that concerns this desk: the newest notices, how many were not read, and reading them. The count stands
 * in the rail on every page and follows the same pulse as everything else.
 */
import { type Accessor, createContext, createEffect, createSignal, on, useContext } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Notice, Notices } from '../../api/types';
import { createLoad } from '../parts/load';
import type { Live } from '../parts/live';
import { api } from '../session/session';

const PATH = '/api/desk/notices';
const PAGE = 50;

export interface Bell {
  items: Accessor<readonly Notice[] | null>;
  unread: Accessor<number>;
  more: Accessor<boolean>;
  problem: Accessor<ApiProblem | null>;
  reload: () => Promise<void>;
  loadMore: () => Promise<void>;
  /** All that is on screen now counts as seen. */
  read: () => Promise<void>;
}

export function createBell(live: Live): Bell {
  const load = createLoad(
    () => 'notices',
    (_key, signal) => api.ask<Notices>(PATH, { query: { limit: PAGE }, signal }),
  );
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  createEffect(on(live.version, () => void load.reload(), { defer: true }));

  async function attempt(what: (page: Notices) => Promise<void>): Promise<void> {
    const page = load.value();
    if (page === null) return;
    setProblem(null);
    try {
      await what(page);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }

  return {
    items: () => load.value()?.items ?? null,
    unread: () => load.value()?.unread ?? 0,
    more: () => (load.value()?.next ?? null) !== null,
    problem: () => load.problem() ?? problem(),
    reload: load.reload,
    loadMore: () =>
      attempt(async (page) => {
        const next = await api.ask<Notices>(PATH, { query: { after: page.next, limit: PAGE } });
        load.set({ ...next, items: [...page.items, ...next.items] });
      }),
    read: () =>
      attempt(async (page) => {
        const newest = page.items[0];
        if (newest === undefined || page.unread === 0) return;
        const { unread } = await api.ask<{ unread: number }>(`${PATH}/read`, {
          method: 'POST',
          body: { up_to: newest.id },
        });
        load.set({ ...page, unread });
      }),
  };
}

const context = createContext<Bell>();
export const BellProvider = context.Provider;

export function useBell(): Bell {
  const bell = useContext(context);
  if (bell === undefined) throw new Error('outside of the shell');
  return bell;
}

/** 99 and more are 99+: a longer number says nothing more. */
export const badge = (n: number): string => (n > 99 ? '99+' : String(n));
