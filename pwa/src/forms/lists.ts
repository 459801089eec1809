/**
 * The lists that a form chooses from (people, places). The phone has more rows than a record needs, and an engine that
 * gets 1,500 rows takes seconds, so the caller passes the rows that matter.
 *
 * A record remembers the rows that it read. Opened again they are laid over today's list: without them a person who has
 * left the list since would be blanked without a word, and the label that was chosen would change behind her back.
 */
export type ListRow = Readonly<Record<string, string>>;
export type ListRows = Readonly<Record<string, readonly ListRow[]>>;

/** Today's rows with the remembered ones over them, property by property; rows that are gone come last. */
export function overlay(today: readonly ListRow[], read: readonly ListRow[] = []): ListRow[] {
  const remembered = new Map(read.map((row) => [row.name, row]));
  const rows = today.map((row) => ({ ...row, ...remembered.get(row.name) }));
  const known = new Set(today.map((row) => row.name));
  return [...rows, ...read.filter((row) => !known.has(row.name))];
}

/** The rows whose name is one of the record's values; lists without such a row are left out. */
export function rowsRead(lists: ReadonlyMap<string, readonly ListRow[]>, values: ReadonlySet<string>): ListRows {
  const read: Record<string, readonly ListRow[]> = {};
  for (const [list, rows] of lists) {
    const used = rows.filter((row) => values.has(row.name ?? ''));
    if (used.length > 0) read[list] = used;
  }
  return read;
}

/** The engine makes an XML element of each column, and refuses the list when it cannot. */
const COLUMN = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/** Always with its header and never ragged: the engine fails on both. */
export function csvOf(rows: readonly ListRow[]): string {
  const columns = new Set(['name', 'label']);
  for (const row of rows) for (const column of Object.keys(row)) if (COLUMN.test(column)) columns.add(column);
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => [...columns].map((column) => cell(row[column] ?? '')).join(','));
  return [[...columns].join(','), ...lines].join('\n') + '\n';
}
