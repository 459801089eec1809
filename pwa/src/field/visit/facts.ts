/**
 * The visit as it is sent, from the draft's facts and the finished forms. What the visit's own form asked itself is read
 * back from it (she may have put another person or another answer at the door), so facts and answers cannot say two
 * things. The own form is the first; what stands beside it is about single persons and moves no fact.
 */
import type { Attachment, FormHead, ListRows, Mark, Subject, VisitBody, VisitRecord } from '../../sync/messages';
import type { DraftRecord, DraftState } from '../../store/types';
import { reached } from '../model/how';
import { labelIn } from './records';

/** What a finished form put into its record. */
export interface FilledRecord {
  readonly xml: string;
  readonly list_rows: ListRows;
  /** the files that the record names; one that it does not name is not sent */
  readonly attachments: readonly Attachment[];
}

export interface VisitFacts {
  readonly body: VisitBody;
  readonly reached: boolean | null;
}

/** `filled`: by record; the others stay as the county has them. */
export function visitBody(
  visit: string,
  state: DraftState,
  head: Pick<FormHead, 'binds' | 'list'>,
  filled: ReadonlyMap<string, FilledRecord>,
  checkOut: Mark | null,
): VisitFacts {
  const records = state.records.map((record) => sentRecord(record, filled.get(record.record)));
  const answer = answersIn(records[0]?.xml ?? '');
  const subject = subjectIn(records[0]?.xml ?? '', head, state.subject);
  const door = answer(head.binds.door);
  return {
    body: {
      visit,
      team: state.team,
      programme: state.programme,
      entry: state.entry,
      subject,
      place: answer(head.binds.place) || state.place,
      check_in: state.check_in,
      check_out: checkOut,
      participants: state.participants.map((each) => ({ ...each, out: each.out ?? checkOut?.at ?? null })),
      helpers_unnamed: helpers(answer(head.binds.volunteers), state),
      records,
    },
    reached: subject === null ? null : reached(door === '' ? null : door),
  };
}

function sentRecord(record: DraftRecord, filled: FilledRecord | undefined): VisitRecord {
  if (filled === undefined) return asSent(record);
  const { xml, list_rows, attachments } = filled;
  return { record: record.record, form: record.form, version: record.version, xml, list_rows, attachments };
}

/** Another record of a visit that is changed: it stays as the county has it. */
export function asSent({ record, form, version, list_rows, sent }: DraftRecord): VisitRecord {
  if (sent === undefined) throw new RangeError('a record that nobody has filled in');
  return { record, form, version, xml: sent.xml, list_rows, attachments: sent.attachments };
}

/** The answers of a finished record by their paths; blank for what was not asked, and for no path. */
export function answersIn(xml: string): (path: string | null) => string {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  return (path) => {
    const [first, ...names] = (path ?? '').split('/').filter(Boolean);
    let found: Element | undefined = first === root.localName ? root : undefined;
    for (const name of names) found = [...(found?.children ?? [])].find((each) => each.localName === name);
    return found === undefined || names.length === 0 ? '' : found.textContent.trim();
  };
}

/** The form counts everybody who came; whoever is named is not counted twice. */
function helpers(counted: string, state: DraftState): number {
  const all = /^\d+$/.test(counted) ? Number(counted) : null;
  return all === null ? state.helpers_unnamed : Math.max(0, all - state.participants.length);
}

/**
 * Whom the visit's own form is about: whoever it names, else the entry that it makes. A form that could name somebody
 * and names nobody is about nobody: somebody who agrees to no record is not named by the facts either.
 */
function subjectIn(
  xml: string,
  { binds, list }: Pick<FormHead, 'binds' | 'list'>,
  known: Subject | null,
): Subject | null {
  if (binds.subject === null || list === null) return known;
  const id = answersIn(xml)(binds.subject) || (madeIn(xml, list) ?? '');
  return id === '' ? null : { list, id };
}

/** The id of the entry that a finished record puts on this list; null: it makes none. */
function madeIn(xml: string, list: string): string | null {
  const root = new DOMParser().parseFromString(xml, 'text/xml');
  const entity = root.querySelector(':root > meta > entity');
  const makes = entity?.getAttribute('dataset') === list && MAKES.has(entity.getAttribute('create') ?? '');
  return makes ? entity.getAttribute('id') : null;
}

const MAKES: ReadonlySet<string> = new Set(['1', 'true']);

/** What the phone calls a finished visit: whom it is about, else what its record puts on a list. */
export function calledIn(xml: string, head: Pick<FormHead, 'binds' | 'list'>, known: string | null): string | null {
  if (head.binds.subject === null || head.list === null) return known ?? labelIn(xml);
  return answersIn(xml)(head.binds.subject) === '' ? labelIn(xml) : known;
}

/** How long it was, by the phone's own clock: said to her at once, counted by the county after its own. */
export function minutesOf({ check_in, check_out }: Pick<VisitBody, 'check_in' | 'check_out'>): number {
  if (check_out === null) return 0;
  return Math.max(0, Math.round((Date.parse(check_out.at.wall) - Date.parse(check_in.at.wall)) / 60_000));
}
