/**
 * Searches for a position that outlive the page where they began: the check-in's goes on while the form is filled, and
 * is written into the visit when it ends, whether the form is still on screen or not.
 */
import type { DraftState, Store } from '../../store';
import type { Search } from '../position';
import { markOf } from './start';

type Write = (change: (state: DraftState) => DraftState) => void;

const running = new Map<string, Search>();
const open = new Map<string, Write>();

/** Follows the check-in's search of this visit until it ends. */
export function follow(store: Pick<Store, 'loadDraft' | 'saveDraft'>, visit: string, search: Search): void {
  running.set(visit, search);
  void search.found.then(async (found) => {
    running.delete(visit);
    const located = (state: DraftState): DraftState => ({ ...state, check_in: markOf(state.check_in.at, found) });
    const write = open.get(visit);
    if (write !== undefined) return write(located);
    const draft = await store.loadDraft(visit);
    if (draft !== null) await store.saveDraft(visit, draft.rev, located(draft.state));
  });
}

/** What the search knows now, for a visit that ends before it does. */
export const foundSoFar = (visit: string): Search | null => running.get(visit) ?? null;

/** While a form is on screen, it alone writes its draft. Returns how to stop. */
export function writeThrough(visit: string, write: Write): () => void {
  open.set(visit, write);
  return () => open.delete(visit);
}
