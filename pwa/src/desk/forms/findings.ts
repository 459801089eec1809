/** What was found in a workbook: in which order it is told, where in the sheet it stands, and what of it is gone. */
import type { Finding, FormSheet } from '../../api/types';
import { t } from '../../i18n';

/** A cell of a sheet: `row` -1 is the header, `column` -1 the row as a whole. */
export interface Spot {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

const HEADER_ROW = 1;
/** The first row below the header, as spreadsheets count. */
export const FIRST_ROW = 2;

export const isError = (finding: Finding): boolean => finding.severity === 'error';

/** Errors first, then as they stand in the workbook. */
export function inOrder(findings: readonly Finding[], sheets: readonly FormSheet[]): Finding[] {
  const at = new Map(sheets.map((sheet, index) => [sheet.name, index]));
  const place = (finding: Finding) => at.get(finding.sheet) ?? sheets.length;
  return [...findings].sort(
    (a, b) => Number(isError(b)) - Number(isError(a)) || place(a) - place(b) || (a.row ?? 0) - (b.row ?? 0),
  );
}

/** Null where there is no such sheet to show: a file of the form's own, or a workbook that cannot be read. */
export function spotOf({ sheet, row, column }: Finding, sheets: readonly FormSheet[]): Spot | null {
  const found = sheets.find(({ name }) => name === sheet);
  if (found === undefined) return null;
  const wanted = column?.trim().toLowerCase();
  const index = found.header.findIndex((name) => name.trim().toLowerCase() === wanted);
  if (row === null || row === HEADER_ROW) return { sheet, row: -1, column: index };
  const last = Math.max(-1, found.rows.length - 1);
  return { sheet, row: Math.min(row - FIRST_ROW, last), column: index };
}

export type Marks = ReadonlyMap<string, readonly Finding[]>;
export const markKey = (row: number, column: number): string => `${row}:${column}`;

/** Of one sheet: cell → what was found there, errors first. */
export function marksOf(findings: readonly Finding[], sheet: FormSheet): Marks {
  const marks = new Map<string, Finding[]>();
  for (const finding of findings) {
    const spot = spotOf(finding, [sheet]);
    if (spot === null) continue;
    const key = markKey(spot.row, spot.column);
    marks.set(key, [...(marks.get(key) ?? []), finding]);
  }
  return marks;
}

/** survey 第 5 行 type; the file's name for one of the form's own files. */
export function placeOf({ sheet, row, column }: Finding): string {
  return [sheet, row === null ? '' : t('publish.row', { n: row }), column ?? ''].filter(Boolean).join(' ');
}

/**
 * Of the findings before, those that are not there any more, and of those now, the ones that were not there before.
 * Rows move when one is put in above, so a finding is known by the question in its row, not by the row's number.
 */
export function since(
  before: { findings: readonly Finding[]; sheets: readonly FormSheet[] },
  now: { findings: readonly Finding[]; sheets: readonly FormSheet[] },
): { gone: Finding[]; fresh: Set<Finding> } {
  const was = new Set(before.findings.map((finding) => identity(finding, before.sheets)));
  const is = new Set(now.findings.map((finding) => identity(finding, now.sheets)));
  return {
    gone: before.findings.filter((finding) => !is.has(identity(finding, before.sheets))),
    fresh: new Set(now.findings.filter((finding) => !was.has(identity(finding, now.sheets)))),
  };
}

function identity(finding: Finding, sheets: readonly FormSheet[]): string {
  const sheet = sheets.find(({ name }) => name === finding.sheet);
  const name = sheet?.header.indexOf('name') ?? -1;
  const row = finding.row === null ? undefined : sheet?.rows[finding.row - FIRST_ROW];
  const question = row?.[name] ?? '';
  const who = question === '' ? String(finding.row) : question;
  return JSON.stringify([finding.code, finding.sheet, finding.column, who, finding.zh]);
}
