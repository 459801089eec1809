/**
 * Searches for a position that outlive the page where they began: the check-in's goes on while the form is filled, and
 * is written into the visit when it ends, whether the form is still on screen or not.
 *
 * A quick phone finds itself while the form is still being opened. Two writers would then each hold the other's draft
 * for an old one, so a form claims its draft before it reads it: whoever is writing is waited for, and what is found
 * from then on is kept for the form.
 */
import type { DraftState, Store } from '../../store';
import type { Search } from '../position';
import { markOf } from './start';

type Change = (state: DraftState) => DraftState;
type Write = (change: Change) => void;
type Drafts = Pick<Store, 'loadDraft' | 'saveDraft'>;

const running = new Map<string, Search>();
const open = new Map<string, Write>();
const writing = new Map<string, Promise<void>>();

/** Follows the check-in's search of this visit until it ends. */
export function follow(store: Drafts, visit: string, search: Search): void {
  running.set(visit, search);
  void search.found.then((found) => {
    running.delete(visit);
    const located: Change = (state) => ({ ...state, check_in: markOf(state.check_in.at, found) });
    const write = open.get(visit);
    if (write !== undefined) return write(located);
    const alone = writeAlone(store, visit, located).finally(() => writing.delete(visit));
    writing.set(visit, alone);
    return alone;
  });
}

/** What the search knows now, for a visit that ends before it does. */
export const foundSoFar = (visit: string): Search | null => running.get(visit) ?? null;

export interface Claim {
  /** The form is there: it takes what was found until now, and from now on. */
  listen(write: Write): void;
  /** The form is gone, or never came. */
  release(): Promise<void>;
}

/** From now on a form alone writes this draft. Load it after this has resolved. */
export async function claim(store: Drafts, visit: string): Promise<Claim> {
  const early: Change[] = [];
  let write: Write = (change) => void early.push(change);
  const through: Write = (change) => write(change);
  open.set(visit, through);
  await writing.get(visit);
  return {
    listen(form) {
      write = form;
      for (const change of early.splice(0)) form(change);
    },
    async release() {
      if (open.get(visit) === through) open.delete(visit);
      for (const change of early.splice(0)) await writeAlone(store, visit, change);
    },
  };
}

/** Changes a draft, whether a page has it open or not. */
export async function changeDraft(store: Drafts, visit: string, change: Change): Promise<void> {
  const write = open.get(visit);
  if (write !== undefined) return write(change);
  await writeAlone(store, visit, change);
}

async function writeAlone(store: Drafts, visit: string, change: Change): Promise<void> {
  const draft = await store.loadDraft(visit);
  if (draft !== null) await store.saveDraft(visit, draft.rev, change(draft.state));
}
