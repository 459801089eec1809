/** Walking over a sheet by keys, and what of it is near enough to be drawn. Row -1 is the header, column -1 the whole row. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** how many rows are on screen at a time */
  readonly page: number;
}

/** Where a key leads; null for a key that leads nowhere. */
export function walked(key: string, ctrl: boolean, { row, column }: Cell, extent: Extent): Cell | null {
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  const to = (toRow: number, toColumn: number): Cell => ({
    row: Math.max(-1, Math.min(last.row, toRow)),
    column: Math.max(-1, Math.min(last.column, toColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - extent.page, column);
    case 'PageDown':
      return to(row + extent.page, column);
    case 'Home':
      return to(ctrl ? -1 : row, -1);
    case 'End':
      return to(ctrl ? last.row : row, last.column);
    default:
      return null;
  }
}

const BESIDES = 8;

/** The rows that are drawn: those on screen and some above and below, and the one where she is. */
export function drawn(rows: number, scrolled: number, high: number, rowHigh: number, here: number): number[] {
  const first = Math.max(0, Math.floor(scrolled / rowHigh) - BESIDES);
  const end = Math.min(rows, Math.ceil((scrolled + high) / rowHigh) + BESIDES);
  const found = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (here >= 0 && here < first) found.unshift(here);
  if (here >= end && here < rows) found.push(here);
  return found;
}

const NARROWEST = 7;
const WIDEST = 30;
const LOOKED_AT = 300;

/** Each column as wide as what stands in it, in the widths of a Latin letter. */
export function widths(header: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return header.map((name, column) => {
    const texts = [name, ...rows.slice(0, LOOKED_AT).map((row) => row[column] ?? '')];
    return Math.min(WIDEST, Math.max(NARROWEST, ...texts.map(wide)));
  });
}

/** A Chinese character takes two. */
function wide(text: string): number {
  let found = 0;
  for (const letter of text) found += letter > '\u2E7F' ? 2 : 1;
  return found;
}
