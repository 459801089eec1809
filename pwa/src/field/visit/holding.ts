/**
 * A draft in hand: its lease, its facts, what keeps it on the disk, and where she is. The form of a record holds it while
 * it is on screen, and so does the page of a visit's records; never both. Whoever takes it next waits until the one
 * before has written what was on screen, however she went away.
 */
import { type Accessor, createSignal } from 'solid-js';
import { type Draft, type DraftState, type Lease, type Store, StoreError, writeDraft } from '../../store';
import type { Mark } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { notKept, whereabouts } from '../position';
import { type Autosave, autosave } from './autosave';
import { type Claim, claim, foundSoFar } from './searches';
import { markOf, screenOf } from './start';

export type Change = (state: DraftState) => DraftState;

interface InHand {
  readonly visit: string;
  readonly draft: Draft;
  readonly lease: Lease;
  readonly claimed: Claim;
}

export type Taken = ({ at: 'taken' } & InHand) | { at: 'gone' } | { at: 'elsewhere' };

type Drafts = Pick<Store, 'loadDraft' | 'saveDraft' | 'leaseDraft'>;

const leaving = new Map<string, Promise<void>>();

/** She goes away from this visit's page: what is still to be done before another page may take the draft. */
export function whileLeaving(visit: string, work: Promise<void>): Promise<void> {
  const done = work.finally(() => {
    if (leaving.get(visit) === done) leaving.delete(visit);
  });
  leaving.set(visit, done);
  return done;
}

/** Settles when no page writes to the draft any more. */
export const left = async (visit: string): Promise<void> => {
  await leaving.get(visit)?.catch(() => undefined); // its own page has said what went wrong
};

export async function takeDraft(store: Drafts, visit: string, takeOver: boolean): Promise<Taken> {
  await left(visit);
  let lease: Lease;
  try {
    lease = await store.leaseDraft(visit, { takeOver });
  } catch (cause) {
    if (cause instanceof StoreError && cause.kind === 'draft_elsewhere') return { at: 'elsewhere' };
    throw cause;
  }
  const claimed = await claim(store, visit);
  try {
    const draft = await store.loadDraft(visit);
    if (draft !== null) return { at: 'taken', visit, draft, lease, claimed };
    await giveBack({ lease, claimed });
    return { at: 'gone' };
  } catch (cause) {
    await giveBack({ lease, claimed });
    throw cause;
  }
}

export async function giveBack({ lease, claimed }: Pick<InHand, 'lease' | 'claimed'>): Promise<void> {
  await Promise.all([claimed.release(), lease.release()]);
}

export interface Holding {
  readonly visit: string;
  readonly state: Accessor<DraftState>;
  readonly save: Autosave;
  /** Another tab goes on with it. */
  readonly lost: Accessor<boolean>;
  /** It changes a visit that was sent before. */
  readonly edits: boolean;
  change(change: Change): void;
  /** She does something: a good moment to look where she is. */
  look(): void;
  /** The facts with what the check-in's search has found so far: a finished visit does not wait for it. */
  located(): DraftState;
  checkOut(): Mark | null;
  /** The revision on the disk. */
  rev(): number;
  /** It has become a visit: nothing is written or looked for any more. */
  ended(): void;
  /** Lets go of it; what is not written yet is lost, so flush before. */
  close(): void;
}

/** `written`: the state with what only its page knows. */
export function hold(store: Drafts, taken: InHand, written: Change = (state) => state): Holding {
  const { visit, lease, claimed, draft } = taken;
  const [state, setState] = createSignal(draft.state);
  const [lost, setLost] = createSignal(false);
  const writer = writeDraft(store, visit, draft.rev);
  const edits = (draft.state.base ?? null) !== null;
  const later = screenOf(draft.state).left;
  const here = draft.state.check_in.reason === 'not_kept' ? whereabouts(notKept) : whereabouts();
  const save = autosave(() => writer.save(written(state())));

  const look = () => {
    if (later === null && !edits) here.look(); // what is changed at home did not happen there
  };
  const change = (next: Change) => {
    setState(next);
    save.touch();
  };
  look();
  claimed.listen(change);
  void lease.lost.then(() => {
    save.stop();
    setLost(true);
  });
  const flush = () => void save.flush();
  const onHide = () => {
    if (document.visibilityState === 'hidden') flush();
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', onHide);

  return {
    visit,
    state,
    save,
    lost,
    edits,
    change,
    look,
    located() {
      const search = foundSoFar(visit);
      return search === null ? state() : { ...state(), check_in: markOf(state().check_in.at, search.now()) };
    },
    checkOut() {
      if (edits) return state().check_out ?? null;
      if (later !== null) return markOf(later, { reason: 'later_entry' });
      const at = moment();
      return markOf(at, here.at(Date.parse(at.wall)));
    },
    rev: () => writer.rev(),
    ended() {
      foundSoFar(visit)?.stop();
      save.stop();
    },
    close() {
      removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', onHide);
      save.stop();
      here.stop();
      void giveBack({ lease, claimed });
    },
  };
}
