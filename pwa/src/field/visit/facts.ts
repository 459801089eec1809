/**
 * The visit as it is sent, from the draft's facts and the finished form. What the form asked itself is read back from
 * it (she may have put another person or another answer at the door), so facts and answers cannot say two things.
 */
import type { Attachment, FormHead, ListRows, Mark, VisitBody, VisitRecord } from '../../sync/messages';
import type { DraftRecord, DraftState } from '../../store/types';
import { reached } from '../model/how';

export interface FinishedForm {
  /** the record of the draft that it fills */
  readonly record: string;
  readonly xml: string;
  readonly listRows: ListRows;
  /** the files that the record names; one that it does not name is not sent */
  readonly attachments: readonly Attachment[];
  /** the answer at a path; empty when it was not asked */
  answer(path: string): string;
}

export interface VisitFacts {
  readonly body: VisitBody;
  readonly reached: boolean | null;
}

export function visitBody(
  visit: string,
  state: DraftState,
  head: Pick<FormHead, 'binds' | 'list'>,
  form: FinishedForm,
  checkOut: Mark | null,
): VisitFacts {
  const answer = (path: string | null) => (path === null ? '' : form.answer(path));
  const whom = answer(head.binds.subject);
  const subject = whom !== '' && head.list !== null ? { list: head.list, id: whom } : state.subject;
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
      records: state.records.map((record) => (record.record === form.record ? filled(record, form) : asSent(record))),
    },
    reached: subject === null ? null : reached(door === '' ? null : door),
  };
}

function filled({ record, form, version }: DraftRecord, { xml, listRows, attachments }: FinishedForm): VisitRecord {
  return { record, form, version, xml, list_rows: listRows, attachments };
}

/** Another record of a visit that is changed: it stays as the county has it. */
export function asSent({ record, form, version, list_rows, sent }: DraftRecord): VisitRecord {
  if (sent === undefined) throw new RangeError('a record that nobody has filled in');
  return { record, form, version, xml: sent.xml, list_rows, attachments: sent.attachments };
}

/** The form counts everybody who came; whoever is named is not counted twice. */
function helpers(counted: string, state: DraftState): number {
  const all = /^\d+$/.test(counted) ? Number(counted) : null;
  return all === null ? state.helpers_unnamed : Math.max(0, all - state.participants.length);
}

/** How long it was, by the phone's own clock: said to her at once, counted by the county after its own. */
export function minutesOf({ check_in, check_out }: Pick<VisitBody, 'check_in' | 'check_out'>): number {
  if (check_out === null) return 0;
  return Math.max(0, Math.round((Date.parse(check_out.at.wall) - Date.parse(check_in.at.wall)) / 60_000));
}
