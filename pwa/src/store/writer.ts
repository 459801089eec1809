/**
 * Saving while she types. One save is on its way at a time and only the newest state waits behind it, so that a slow
 * disk never makes a queue; the promise of a call is kept when that state, or a newer one, is on the disk.
 */
import type { Drafts } from './drafts';
import type { DraftState } from './types';

export interface DraftWriter {
  /** The revision on the disk. */
  rev(): number;
  save(state: DraftState): Promise<void>;
  /** Waits for what is on its way. */
  settled(): Promise<void>;
}

export function writeDraft(drafts: Pick<Drafts, 'saveDraft'>, visit: string, rev: number): DraftWriter {
  let newest: DraftState | null = null;
  let saving: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function flush(): Promise<void> {
    const state = newest;
    newest = null;
    if (state !== null) rev = await drafts.saveDraft(visit, rev, state);
  }

  function begin(): Promise<void> {
    const mine = flush().finally(() => {
      if (saving === mine) saving = null;
    });
    saving = mine;
    return mine;
  }

  return {
    rev: () => rev,
    save(state) {
      newest = state;
      if (saving === null) return begin();
      next ??= saving
        .catch(() => undefined) // its own caller hears of it; this one tries again
        .then(() => {
          next = null;
          return begin();
        });
      return next;
    },
    settled: async () => {
      while (saving !== null || next !== null) await (next ?? saving);
    },
  };
}
