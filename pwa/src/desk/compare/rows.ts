/** Two versions of a visit beside each other: which rows are shown, and which versions are compared when none was chosen. */
import type { AnswerRow, ComparedRow, Comparison, DecisionLine, RevisionLine } from '../../api/types';

/** What the form worked out by itself is left out: it follows from what was changed. */
const said = (row: ComparedRow): boolean => !(row.after ?? row.before)?.calculated;

export interface ComparedRecord {
  record: string;
  title: Comparison['records'][number]['title'];
  about: string | null;
  rows: ComparedRow[];
}

export function shownRows(compared: Comparison, onlyChanged: boolean): ComparedRecord[] {
  return compared.records
    .map((record) => ({ ...record, rows: record.rows.filter((row) => said(row) && (row.changed || !onlyChanged)) }))
    .filter((record) => record.rows.length > 0);
}

export function countRows(compared: Comparison): { changed: number; same: number } {
  const rows = compared.records.flatMap((record) => record.rows.filter(said));
  const changed = rows.filter((row) => row.changed).length;
  return { changed, same: rows.length - changed };
}

export interface Pair {
  from: string;
  to: string;
}

/**
 * The newest with the one that it answers: the version that was last sent back to be mended, else the one before. Null
 * where there is only one.
 */
export function pairOf(revisions: readonly RevisionLine[], decisions: readonly DecisionLine[]): Pair | null {
  const newest = revisions.at(-1);
  const before = revisions.at(-2);
  if (newest === undefined || before === undefined) return null;
  const asked = decisions.findLast((each) => each.kind === 'return' && !each.undone);
  const answered = asked && revisions.findLast((each) => each.received_at <= asked.at && each.id !== newest.id);
  return { from: (answered ?? before).id, to: newest.id };
}

/** Whether one side has a photo or a recording. */
export const isAttached = ({ before, after }: Pick<ComparedRow, 'before' | 'after'>): boolean =>
  hasFile(before) || hasFile(after);

const hasFile = (answer: AnswerRow | null): boolean => (answer?.attachment ?? null) !== null;
