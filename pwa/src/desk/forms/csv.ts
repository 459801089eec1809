/** The rows of a csv whose first line names its columns (RFC 4180: quotes double inside quotes). */
export function csvRows(csv: string): Record<string, string>[] {
  const [header = [], ...rows] = lines(csv);
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

function lines(csv: string): string[][] {
  const found: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && cells.length === 0 && quoted === undefined && plain === '') break; // nothing after the last line
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    found.push(cells);
    cells = [];
    if (end === '') break;
  }
  return found;
}
