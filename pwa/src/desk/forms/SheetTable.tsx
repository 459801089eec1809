/**
 * A sheet as it was handed in, with the spreadsheet's own row numbers. It may have thousands of rows: only those near the
 * screen are drawn. One stop of the Tab key; inside, the arrow keys walk, and what is found in a cell is read with it.
 */
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import type { Finding, FormSheet } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Icon } from '../../ui';
import { FIRST_ROW, isError, type Marks, markKey } from './findings';
import { type Cell, drawn, walked, widths } from './walk';

const ROW_REM = 2;
const HEAD_REM = 3.5;
const LETTER_REM = 0.46;
const PADDING_REM = 1.5;

export interface SheetTableProps {
  sheet: FormSheet;
  marks: Marks;
  at: Cell;
  /** another one each time that somebody jumps here from outside: the cell comes into view and gets the focus */
  jump: object | null;
  onMove: (cell: Cell) => void;
}

export function SheetTable(props: SheetTableProps): JSX.Element {
  let grid!: HTMLDivElement;
  const id = createUniqueId();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const rowHigh = ROW_REM * rem;
  const [scrolled, setScrolled] = createSignal(0);
  const [high, setHigh] = createSignal(600);
  const columnWidths = createMemo(() =>
    widths(props.sheet.header, props.sheet.rows).map((letters) => letters * LETTER_REM + PADDING_REM),
  );
  const rows = createMemo(() => drawn(props.sheet.rows.length, scrolled(), high(), rowHigh, props.at.row));
  const cellId = ({ row, column }: Cell) => `${id}-${row}-${column}`;

  onMount(() => {
    const measure = () => setHigh(grid.clientHeight || 600);
    measure();
    window.addEventListener('resize', measure);
    onCleanup(() => window.removeEventListener('resize', measure));
  });
  createEffect(() => {
    const columns = [HEAD_REM, ...columnWidths()].map((width) => `${width}rem`).join(' ');
    grid.style.setProperty('--columns', columns);
    grid.style.setProperty('--rows', `${props.sheet.rows.length * ROW_REM}rem`);
  });

  /** Neither under the header nor under the row numbers, which stand still. */
  function reveal({ row, column }: Cell): void {
    const top = row * rowHigh;
    const room = grid.clientHeight - rowHigh;
    if (row >= 0 && (top < grid.scrollTop || top + rowHigh > grid.scrollTop + room))
      grid.scrollTop = Math.max(0, top - room / 3);
    if (column < 0) return;
    const left =
      columnWidths()
        .slice(0, column)
        .reduce((sum, width) => sum + width, 0) * rem;
    const wide = (columnWidths()[column] ?? 0) * rem;
    const across = grid.clientWidth - HEAD_REM * rem;
    if (left < grid.scrollLeft) grid.scrollLeft = left;
    else if (left + wide > grid.scrollLeft + across) grid.scrollLeft = Math.max(0, left + wide - across);
  }
  createEffect(
    on(
      () => props.jump,
      (jump) => {
        if (jump === null) return;
        reveal(props.at);
        setScrolled(grid.scrollTop);
        grid.focus({ preventScroll: true });
      },
    ),
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const extent = {
      rows: props.sheet.rows.length,
      columns: props.sheet.header.length,
      page: Math.max(1, Math.floor(grid.clientHeight / rowHigh) - 2),
    };
    const next = walked(event.key, event.ctrlKey, props.at, extent);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    props.onMove(next);
    reveal(next);
  }
  const pick = (cell: Cell) => {
    props.onMove(cell);
    grid.focus({ preventScroll: true });
  };
  const shared = {
    id: cellId,
    found: (cell: Cell) => props.marks.get(markKey(cell.row, cell.column)) ?? [],
    here: (cell: Cell) => props.at.row === cell.row && props.at.column === cell.column,
    onPick: pick,
  };

  return (
    <div
      ref={grid}
      class="sheetgrid"
      role="grid"
      tabindex="0"
      aria-label={t('publish.grid', { name: props.sheet.name, rows: props.sheet.rows.length })}
      aria-rowcount={props.sheet.rows.length + 1}
      aria-colcount={props.sheet.header.length + 1}
      aria-activedescendant={cellId(props.at)}
      onScroll={() => setScrolled(grid.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex="1" class="sheetrow head">
        <SheetCell {...shared} role="columnheader" row={-1} column={-1} text="1" />
        <For each={props.sheet.header}>
          {(name, index) => <SheetCell {...shared} role="columnheader" row={-1} column={index()} text={name} />}
        </For>
      </div>
      <div role="rowgroup" class="sheetrows">
        <For each={rows()}>
          {(row) => (
            <div
              ref={(element) => element.style.setProperty('--top', `${row * ROW_REM}rem`)}
              role="row"
              aria-rowindex={row + FIRST_ROW}
              class="sheetrow"
            >
              <SheetCell {...shared} role="rowheader" row={row} column={-1} text={String(row + FIRST_ROW)} />
              <For each={props.sheet.header}>
                {(_name, index) => (
                  <SheetCell
                    {...shared}
                    role="gridcell"
                    row={row}
                    column={index()}
                    text={props.sheet.rows[row]?.[index()] ?? ''}
                  />
                )}
              </For>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}

interface SheetCellProps extends Cell {
  role: 'gridcell' | 'columnheader' | 'rowheader';
  text: string;
  id: (cell: Cell) => string;
  found: (cell: Cell) => readonly Finding[];
  here: (cell: Cell) => boolean;
  onPick: (cell: Cell) => void;
}

function SheetCell(props: SheetCellProps): JSX.Element {
  const cell = (): Cell => ({ row: props.row, column: props.column });
  const found = () => props.found(cell());
  const wrong = () => found().some(isError);
  const here = () => props.here(cell());
  return (
    <div
      id={props.id(cell())}
      role={props.role}
      aria-colindex={props.column + 2}
      aria-selected={here()}
      class="sheetcell"
      classList={{ here: here(), wrong: wrong(), warn: found().length > 0 && !wrong() }}
      onClick={() => props.onPick(cell())}
    >
      <Show when={found().length > 0}>
        <Icon name={wrong() ? 'circle-alert' : 'info'} size="sm" />
        <span class="hidden">
          {t(wrong() ? 'publish.error' : 'publish.warning')}{' '}
          {found()
            .map((each) => inWords(each))
            .join(' ')}
        </span>
      </Show>
      <span class="text">{props.text}</span>
    </div>
  );
}
