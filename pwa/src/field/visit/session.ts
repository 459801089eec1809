/**
 * One visit while its form is on screen: the draft's lease, the filling, what keeps both on the disk, and the end. A
 * page holds one and shows it; nothing here draws.
 */
import { type Accessor, createSignal } from 'solid-js';
import { asDraft, closure, type Filling, type Finished, openForm } from '../../forms';
import {
  type Correction,
  type CorrectionAnswer,
  type DraftRecord,
  type DraftState,
  type FormHead,
  type Lease,
  type Store,
  StoreError,
  writeDraft,
} from '../../store';
import type { Mark } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { whereabouts } from '../position';
import { type Attachments, attachmentsOf } from './attachments';
import { type Autosave, autosave } from './autosave';
import { minutesOf, visitBody } from './facts';
import { rowsOf } from './rows';
import { type Claim, claim, foundSoFar } from './searches';
import { factsOf, knownBefore, markOf, type Screen, screenJson, screenOf } from './start';

export interface Session {
  readonly visit: string;
  /** the record that the form fills */
  readonly record: string;
  readonly head: FormHead;
  readonly filling: Filling;
  readonly state: Accessor<DraftState>;
  readonly screen: Accessor<Screen>;
  readonly save: Autosave;
  readonly attachments: Attachments;
  /** It changes a visit that was sent before. */
  readonly edits: boolean;
  /** What a reviewer asked for in this record, and what she says to it so far; null: nobody asked. */
  readonly correction: Accessor<Correction | null>;
  sayTo(answers: readonly CorrectionAnswer[]): void;
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
  | 'captures'
  | 'captureBytes'
  | 'capturePreview'
  | 'onStoreChange'
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
  const record = draft === null ? undefined : recordOf(draft.state);
  if (draft === null || record === undefined) return { at: 'gone' };
  const [xform, heads] = await Promise.all([store.xform(record.sha256), store.forms()]);
  const head = heads.find((each) => each.form === record.form);
  if (xform === null || head === undefined) return { at: 'no-form' };
  const before = asDraft(record.filling);
  const filling = await openForm({
    xform,
    user: { name: store.identity.user.name, device: store.identity.device },
    lists: (name) => rowsOf(name, draft.state, store),
    draft: before ?? undefined,
    listRows: record.list_rows,
    edit: record.sent,
    open: openPaths(xform, record, draft.state),
  });
  const kept = screenOf(draft.state.screen);
  if (before === null) for (const [path, value] of kept.preset) filling.set(path, value);
  for (const [path, value] of factsOf(head, draft.state)) if (filling.get(path) !== value) filling.set(path, value);
  const screen =
    record.sent === undefined || kept.preset.length > 0 ? kept : { ...kept, preset: knownBefore(head, filling) };
  const parts = { visit, lease, claimed, head, filling, record, screen, draft: draft.state, rev: draft.rev };
  return { at: 'open', session: sessionOf(store, parts) };
}

/** The one that a reviewer asks about, else the first: the phone makes one a visit. */
function recordOf({ records, correction }: DraftState): DraftRecord | undefined {
  const asked = new Set(correction?.asked.map(({ record }) => record));
  return records.find(({ record }) => asked.has(record)) ?? records[0];
}

/** Of a record that came back only what was asked, and what depends on that; null: all of it. */
function openPaths(xform: string, { record }: DraftRecord, { correction }: DraftState): string[] | null {
  const asked = correction?.asked.filter((each) => each.record === record) ?? [];
  if (asked.length === 0) return null;
  return closure(
    xform,
    asked.map(({ path }) => path),
  );
}

interface Parts {
  readonly record: DraftRecord;
  readonly screen: Screen;
  readonly visit: string;
  readonly lease: Lease;
  readonly claimed: Claim;
  readonly head: FormHead;
  readonly filling: Filling;
  readonly draft: DraftState;
  readonly rev: number;
}

function sessionOf(store: Needs, parts: Parts): Session {
  const { visit, lease, claimed, head, filling, record, draft, rev } = parts;
  const [state, setState] = createSignal(draft);
  const [screen, setScreen] = createSignal(parts.screen);
  const [lost, setLost] = createSignal(false);
  const writer = writeDraft(store, visit, rev);
  const begun = record.filling !== null;
  const edits = record.sent !== undefined;
  let touched = begun || draft.helpers_unnamed > 0 || draft.participants.length > 1;
  const here = whereabouts();
  const attachments = attachmentsOf(store, visit, record.sent?.attachments ?? []);

  const look = () => {
    if (screen().left === null && !edits) here.look(); // what is changed at home did not happen there
  };
  look();

  const now = (): DraftState => {
    const filled = { filling: filling.draft(), list_rows: filling.listRows() };
    const records = state().records.map((each) => (each.record === record.record ? { ...each, ...filled } : each));
    return { ...state(), records, screen: screenJson(screen()) };
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
    attachments.close();
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

  const checkOut = (): Mark | null => {
    if (edits) return state().check_out ?? null;
    const { left } = screen();
    if (left !== null) return markOf(left, { reason: 'later_entry' });
    const at = moment();
    return markOf(at, here.at(Date.parse(at.wall)));
  };

  return {
    visit,
    record: record.record,
    head,
    filling,
    state,
    screen,
    save,
    attachments,
    edits,
    correction: () => {
      const asked = state().correction ?? null;
      return asked === null ? null : { ...asked, asked: asked.asked.filter((each) => each.record === record.record) };
    },
    sayTo(answers) {
      touched = true;
      setState((now) => (now.correction ? { ...now, correction: { ...now.correction, answers } } : now));
      save.touch();
    },
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
      const named = await attachments.named(finished.xml);
      const form = { ...finished, record: record.record, attachments: named, answer };
      const { body, reached } = visitBody(visit, located(), head, form, checkOut());
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
