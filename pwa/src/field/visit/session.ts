/**
 * One visit while its form is on screen: the draft's lease, the filling, what keeps both on the disk, and the end. A
 * page holds one and shows it; nothing here draws.
 */
import { type Accessor, createSignal } from 'solid-js';
import { asDraft, type Filling, type Finished, openForm } from '../../forms';
import { type DraftState, type FormHead, type Lease, type Store, StoreError, writeDraft } from '../../store';
import type { Mark } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { whereabouts } from '../position';
import { type Autosave, autosave } from './autosave';
import { minutesOf, visitBody } from './facts';
import { rowsOf } from './rows';
import { type Claim, claim, foundSoFar } from './searches';
import { markOf, type Screen, screenJson, screenOf } from './start';

export interface Session {
  readonly visit: string;
  readonly head: FormHead;
  readonly filling: Filling;
  readonly state: Accessor<DraftState>;
  readonly screen: Accessor<Screen>;
  readonly save: Autosave;
  /** Another tab goes on with it. */
  readonly lost: Accessor<boolean>;
  /** Nothing was answered here beyond what was preset. */
  untouched(): boolean;
  /** It is not to be thrown away, although nothing was answered yet. */
  keep(): void;
  stepTo(step: string): void;
  finish(finished: Extract<Finished, { ok: true }>, label: string | null): Promise<{ minutes: number }>;
  close(): void;
}

type Needs = Pick<
  Store,
  | 'identity'
  | 'loadDraft'
  | 'saveDraft'
  | 'leaseDraft'
  | 'finishVisit'
  | 'forms'
  | 'xform'
  | 'entities'
  | 'entity'
  | 'places'
>;

export type Opened = { at: 'open'; session: Session } | { at: 'gone' } | { at: 'no-form' } | { at: 'elsewhere' };

export async function openSession(store: Needs, visit: string, takeOver: boolean): Promise<Opened> {
  let lease: Lease;
  try {
    lease = await store.leaseDraft(visit, { takeOver });
  } catch (cause) {
    if (cause instanceof StoreError && cause.kind === 'draft_elsewhere') return { at: 'elsewhere' };
    throw cause;
  }
  const claimed = await claim(store, visit);
  const giveUp = () => Promise.all([claimed.release(), lease.release()]);
  try {
    const opened = await open(store, visit, lease, claimed);
    if (opened.at !== 'open') await giveUp();
    return opened;
  } catch (cause) {
    await giveUp();
    throw cause;
  }
}

async function open(store: Needs, visit: string, lease: Lease, claimed: Claim): Promise<Opened> {
  const draft = await store.loadDraft(visit);
  const record = draft?.state.records[0];
  if (draft === null || record === undefined) return { at: 'gone' };
  const [xform, heads] = await Promise.all([store.xform(record.sha256), store.forms()]);
  const head = heads.find((each) => each.form === record.form);
  if (xform === null || head === undefined) return { at: 'no-form' };
  const before = asDraft(record.filling);
  const filling = await openForm({
    xform,
    user: { name: store.identity.user.name, device: store.identity.device },
    lists: (name) => rowsOf(name, draft.state.subject, store),
    draft: before ?? undefined,
    listRows: record.list_rows,
  });
  const kept = screenOf(draft.state.screen);
  if (before === null) for (const [path, value] of kept.preset) filling.set(path, value);
  const whom = head.binds.subject;
  const subject = draft.state.subject;
  if (whom !== null && subject?.list === head.list && filling.get(whom) !== subject.id) filling.set(whom, subject.id);
  const parts = { visit, lease, claimed, head, filling, draft: draft.state, rev: draft.rev };
  return { at: 'open', session: sessionOf(store, parts) };
}

interface Parts {
  readonly visit: string;
  readonly lease: Lease;
  readonly claimed: Claim;
  readonly head: FormHead;
  readonly filling: Filling;
  readonly draft: DraftState;
  readonly rev: number;
}

function sessionOf(store: Needs, { visit, lease, claimed, head, filling, draft, rev }: Parts): Session {
  const [state, setState] = createSignal(draft);
  const [screen, setScreen] = createSignal(screenOf(draft.screen));
  const [lost, setLost] = createSignal(false);
  const writer = writeDraft(store, visit, rev);
  const begun = draft.records[0]?.filling !== null;
  let touched = begun;
  const here = whereabouts();

  const look = () => {
    if (screen().left === null) here.look();
  };
  look();

  const now = (): DraftState => {
    const [record, ...others] = state().records;
    if (record === undefined) return state();
    const filled = { ...record, filling: filling.draft(), list_rows: filling.listRows() };
    return { ...state(), records: [filled, ...others], screen: screenJson(screen()) };
  };
  const save = autosave(() => writer.save(now()));
  const unlisten = filling.onChange(() => {
    touched = true;
    look();
    save.touch();
  });
  claimed.listen((change) => {
    setState(change);
    save.touch();
  });
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

  const close = () => {
    removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', onHide);
    save.stop();
    here.stop();
    unlisten();
    void claimed.release();
    void lease.release();
    filling.dispose();
  };

  const answer = (path: string) => filling.get(path);

  /** The facts with what the check-in's search has found so far: a finished visit does not wait for it. */
  const located = (): DraftState => {
    const search = foundSoFar(visit);
    if (search === null) return state();
    return { ...state(), check_in: markOf(state().check_in.at, search.now()) };
  };

  const checkOut = (): Mark => {
    const { left } = screen();
    if (left !== null) return markOf(left, { reason: 'later_entry' });
    const at = moment();
    return markOf(at, here.at(Date.parse(at.wall)));
  };

  return {
    visit,
    head,
    filling,
    state,
    screen,
    save,
    lost,
    untouched: () => !touched,
    keep() {
      touched = true;
    },
    stepTo(step) {
      setScreen({ ...screen(), step });
      look();
      save.touch();
    },
    async finish(finished, label) {
      if (!(await save.flush())) throw new StoreError('failed');
      const goOn = save.hold();
      const { body, reached } = visitBody(visit, located(), head, { ...finished, answer }, checkOut());
      try {
        const base = null;
        const at = moment();
        await store.finishVisit({
          body,
          base,
          at,
          draft_rev: writer.rev(),
          label,
          reached,
          saves: [...finished.saves],
        });
      } catch (cause) {
        goOn();
        throw cause;
      }
      foundSoFar(visit)?.stop();
      save.stop();
      return { minutes: minutesOf(body) };
    },
    close,
  };
}
