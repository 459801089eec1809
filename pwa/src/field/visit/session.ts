/**
 * One record of a visit while its form is on screen: the filling, what keeps it on the disk, and its end. A visit of one
 * record is finished here; of several the record alone is, and the visit on the page of its records. A page holds one
 * and shows it; nothing here draws.
 */
import { type Accessor, createSignal } from 'solid-js';
import type { Filling, Finished } from '../../forms';
import {
  type Correction,
  type CorrectionAnswer,
  type DraftRecord,
  type DraftState,
  type FormHead,
  type Store,
  StoreError,
} from '../../store';
import { moment } from '../../sync/moment';
import { type Attachments, attachmentsOf, filesNamed } from './attachments';
import type { Autosave } from './autosave';
import { minutesOf, visitBody } from './facts';
import { giveBack, hold, type Taken, takeDraft, whileLeaving } from './holding';
import { type FormNeeds, headOf, openRecord, type OpenRecord } from './opening';
import { withoutRecord } from './records';
import { standsOf } from './stands';
import type { RecordScreen } from './start';

export type Whole = Extract<Finished, { ok: true }>;

export interface Session {
  readonly visit: string;
  /** the record that the form fills */
  readonly record: string;
  readonly head: FormHead;
  readonly filling: Filling;
  readonly state: Accessor<DraftState>;
  readonly screen: Accessor<RecordScreen>;
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
  /** The visit has this one record, or only this one was asked about. */
  finish(finished: Whole, label: string | null): Promise<{ minutes: number }>;
  /** The record is done, the visit is not. Throws when that could not be written. */
  done(finished: Whole): Promise<void>;
  /** Whatever way she goes: what is on screen goes to the disk, and a form without an answer leaves nothing. */
  leave(): Promise<void>;
  close(): void;
}

type Needs = FormNeeds &
  Pick<
    Store,
    | 'loadDraft'
    | 'saveDraft'
    | 'leaseDraft'
    | 'discardDraft'
    | 'finishVisit'
    | 'captures'
    | 'keepCapture'
    | 'captureBytes'
    | 'capturePreview'
    | 'onStoreChange'
  >;

export type Opened = { at: 'open'; session: Session } | { at: 'gone' } | { at: 'no-form' } | { at: 'elsewhere' };

/** `wanted`: which record; left out: the one that a reviewer asks about, else the visit's own. */
export async function openSession(
  store: Needs,
  visit: string,
  takeOver: boolean,
  wanted: string | null = null,
): Promise<Opened> {
  const taken = await takeDraft(store, visit, takeOver);
  if (taken.at !== 'taken') return taken;
  try {
    const record = recordOf(taken.draft.state, wanted);
    const opened = record === undefined ? null : await openRecord(store, taken.draft.state, record);
    if (record !== undefined && opened !== null)
      return { at: 'open', session: sessionOf(store, taken, { record, alone: wanted === null, ...opened }) };
    await giveBack(taken);
    return { at: record === undefined ? 'gone' : 'no-form' };
  } catch (cause) {
    await giveBack(taken);
    throw cause;
  }
}

function recordOf({ records, correction }: DraftState, wanted: string | null): DraftRecord | undefined {
  if (wanted !== null) return records.find(({ record }) => record === wanted);
  const asked = new Set(correction?.asked.map(({ record }) => record));
  return records.find(({ record }) => asked.has(record)) ?? records[0];
}

type InHand = Extract<Taken, { at: 'taken' }>;

/** `alone`: no page of several records stands behind it. */
type Parts = OpenRecord & { readonly record: DraftRecord; readonly alone: boolean };

function sessionOf(store: Needs, taken: InHand, opened: Parts): Session {
  const { visit, draft } = taken;
  const { head, filling, record, alone } = opened;
  const [screen, setScreen] = createSignal(opened.screen);
  const own = draft.state.records[0]?.record === record.record;
  const company = own && (draft.state.helpers_unnamed > 0 || draft.state.participants.length > 1);
  let touched = record.filling !== null || company;
  let done = opened.moved ? null : (record.done ?? null);
  const attachments = attachmentsOf(store, visit, record.sent?.attachments ?? []);

  const now = (state: DraftState): DraftState => {
    const { step, preset } = screen();
    const here = { screen: { step, preset }, stands: standsOf(filling, step), done };
    const filled = { filling: filling.draft(), list_rows: filling.listRows(), ...here };
    const records = state.records.map((each) => (each.record === record.record ? { ...each, ...filled } : each));
    return { ...state, records };
  };
  const holding = hold(store, taken, now);
  const { state, save } = holding;
  const unlisten = filling.onChange(() => {
    touched = true;
    done = null;
    holding.look();
    save.touch();
  });

  const close = () => {
    holding.close();
    unlisten();
    attachments.close();
    filling.dispose();
  };

  /** What the page leaves of a record in which nothing was answered. */
  const leaveNothing = async (): Promise<void> => {
    if (touched || holding.lost()) return;
    if (alone) return store.discardDraft(visit);
    if (own) return;
    holding.change(withoutRecord(record.record));
    await save.flush();
  };
  const leave = async (): Promise<void> => {
    await save.flush();
    await leaveNothing().catch(() => undefined); // then an empty one is there, which harms nobody
    close();
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
    edits: holding.edits,
    correction: () => {
      const asked = state().correction ?? null;
      return asked === null ? null : { ...asked, asked: asked.asked.filter((each) => each.record === record.record) };
    },
    sayTo(answers) {
      touched = true;
      done = null;
      holding.change((now) => (now.correction ? { ...now, correction: { ...now.correction, answers } } : now));
    },
    lost: holding.lost,
    untouched: () => !touched,
    keep() {
      touched = true;
    },
    stepTo(step) {
      setScreen({ ...screen(), step });
      holding.look();
      save.touch();
    },
    async finish(finished, label) {
      if (!(await save.flush())) throw new StoreError('failed');
      const goOn = save.hold();
      const { xml, listRows } = finished;
      const named = await filesNamed(store, visit, xml, record.sent?.attachments ?? []);
      const filled = new Map([[record.record, { xml, list_rows: listRows, attachments: named }]]);
      const { body, reached } = visitBody(visit, holding.located(), await ownHead(), filled, holding.checkOut());
      const at = moment();
      const saves = [...finished.saves];
      try {
        await store.finishVisit({ body, base: null, at, draft_rev: holding.rev(), label, reached, saves });
      } catch (cause) {
        goOn();
        throw cause;
      }
      holding.ended();
      return { minutes: minutesOf(body) };
    },
    async done({ xml, listRows, saves }) {
      touched = true;
      done = { xml, list_rows: listRows, saves: [...saves] };
      save.touch();
      if (!(await save.flush())) throw new StoreError('failed');
    },
    leave: () => whileLeaving(visit, leave()),
    close,
  };

  /** Of the visit's own form, which says what the facts are. */
  async function ownHead(): Promise<FormHead> {
    const [first] = state().records;
    if (own || first === undefined) return head;
    return headOf(first, await store.forms()) ?? head;
  }
}
