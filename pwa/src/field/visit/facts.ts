/**
 * The visit as it is sent, from the draft's facts and the finished form. What the form asked itself is read back from
 * it (she may have put another person or another answer at the door), so facts and answers cannot say two things.
 */
import type { FormHead, ListRows, Mark, VisitBody } from '../../sync/messages';
import type { DraftState } from '../../store/types';
import { reached } from '../model/how';

export interface FinishedForm {
  readonly xml: string;
  readonly listRows: ListRows;
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
  checkOut: Mark,
): VisitFacts {
  const answer = (path: string | null) => (path === null ? '' : form.answer(path));
  const [record] = state.records;
  if (record === undefined) throw new RangeError('a visit without a record');
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
      participants: state.participants.map((each) => ({ ...each, out: each.out ?? checkOut.at })),
      helpers_unnamed: helpers(answer(head.binds.volunteers), state),
      records: [
        {
          record: record.record,
          form: record.form,
          version: record.version,
          xml: form.xml,
          list_rows: form.listRows,
          attachments: [],
        },
      ],
    },
    reached: subject === null ? null : reached(door === '' ? null : door),
  };
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
