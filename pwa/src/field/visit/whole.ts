/**
 * A visit of several records while the page of them is on screen: what stands there, what is taken away again, and the
 * end of it all. Finishing judges every record once more that was not finished in its own form, or whose facts have
 * moved since; the first that is not whole stops it, and the page says which.
 */
import {
  type DoneRecord,
  type DraftRecord,
  type DraftState,
  type EntityChange,
  type FormHead,
  type Store,
  StoreError,
} from '../../store';
import { moment } from '../../sync/moment';
import { filesNamed } from './attachments';
import { type FilledRecord, minutesOf, visitBody } from './facts';
import { hold, type Holding, takeDraft, whileLeaving } from './holding';
import { type FormNeeds, headOf, openRecord } from './opening';
import { isBare, stateOf, withoutRecord, withRecord } from './records';
import { changeDraft } from './searches';

export interface WholeVisit extends Omit<Holding, 'close' | 'ended'> {
  /** Takes a record away; gives how to have it back, whether the page is still there or not. */
  remove(record: string): () => Promise<void>;
  /** Throws when the store could not. */
  finish(label: string | null): Promise<Ended>;
  /** `within`: to another page of this visit. Otherwise one into which nothing was put leaves nothing. */
  leave(within: boolean): Promise<void>;
}

/** `lacking`: the records that are not whole yet. */
export type Ended = { ok: true; minutes: number } | { ok: false; lacking: readonly string[] };

type Needs = FormNeeds &
  Pick<Store, 'loadDraft' | 'saveDraft' | 'leaseDraft' | 'discardDraft' | 'finishVisit' | 'captures'>;

export type OpenedWhole = { at: 'open'; whole: WholeVisit } | { at: 'gone' } | { at: 'elsewhere' };

export async function openWhole(store: Needs, visit: string, takeOver: boolean): Promise<OpenedWhole> {
  const taken = await takeDraft(store, visit, takeOver);
  if (taken.at !== 'taken') return taken;
  return { at: 'open', whole: wholeOf(store, hold(store, taken)) };
}

function wholeOf(store: Needs, holding: Holding): WholeVisit {
  const { visit, state, save } = holding;

  const judgeAll = async (): Promise<Judged> => {
    const filled = new Map<string, FilledRecord>();
    const saves: EntityChange[] = [];
    const lacking: string[] = [];
    for (const record of state().records) {
      const judged = await judge(store, visit, state(), record);
      if (judged === null) lacking.push(record.record);
      else if (judged !== 'as-sent') {
        filled.set(record.record, judged);
        saves.push(...judged.saves);
      }
    }
    return { filled, saves, lacking };
  };

  const finish = async (label: string | null): Promise<Ended> => {
    if (!(await save.flush())) throw new StoreError('failed');
    const { filled, saves, lacking } = await judgeAll();
    if (lacking.length > 0) return { ok: false, lacking };
    const head = await ownHead(store, state());
    const goOn = save.hold();
    try {
      const { body, reached } = visitBody(visit, holding.located(), head, filled, holding.checkOut());
      const at = moment();
      await store.finishVisit({ body, base: null, at, draft_rev: holding.rev(), label, reached, saves });
      holding.ended();
      return { ok: true, minutes: minutesOf(body) };
    } catch (cause) {
      goOn();
      throw cause;
    }
  };

  const leave = async (within: boolean): Promise<void> => {
    await save.flush();
    if (!within && !holding.edits && !holding.lost() && isBare(state()))
      await store.discardDraft(visit).catch(() => undefined); // then an empty one is there, which harms nobody
    holding.close();
  };

  return {
    ...holding,
    remove(record) {
      const at = state().records.findIndex((each) => each.record === record);
      const taken = state().records[at];
      holding.change(withoutRecord(record));
      return async () => {
        if (taken !== undefined && at > 0) await changeDraft(store, visit, withRecord(taken, at));
      };
    },
    finish,
    leave: (within) => whileLeaving(visit, leave(within)),
  };
}

interface Judged {
  readonly filled: Map<string, FilledRecord>;
  readonly saves: readonly EntityChange[];
  readonly lacking: readonly string[];
}

type Saving = FilledRecord & { readonly saves: readonly EntityChange[] };

/** Null: it is not whole. */
async function judge(
  store: Needs,
  visit: string,
  state: DraftState,
  record: DraftRecord,
): Promise<Saving | 'as-sent' | null> {
  const { at } = stateOf(record, state);
  if (at === 'sent') return 'as-sent';
  if (at === 'empty' || at === 'asked') return null;
  const done = record.done ?? (await judgeAgain(store, state, record));
  if (done === null) return null;
  const { xml, list_rows, saves } = done;
  return { xml, list_rows, saves, attachments: await filesNamed(store, visit, xml, record.sent?.attachments ?? []) };
}

async function judgeAgain(store: Needs, state: DraftState, record: DraftRecord): Promise<DoneRecord | null> {
  const opened = await openRecord(store, state, record);
  if (opened === null) return null;
  try {
    const finished = await opened.filling.finish();
    return finished.ok ? { xml: finished.xml, list_rows: finished.listRows, saves: finished.saves } : null;
  } finally {
    opened.filling.dispose();
  }
}

async function ownHead(store: Needs, { records }: DraftState): Promise<Pick<FormHead, 'binds' | 'list'>> {
  const [first] = records;
  const head = first === undefined ? undefined : headOf(first, await store.forms());
  return head ?? { list: null, binds: { subject: null, door: null, place: null, volunteers: null } };
}
