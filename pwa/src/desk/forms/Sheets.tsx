/** The workbook beside its findings: which sheet, the cell where one is with all that it says, and the sheet itself. */
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { Finding, FormSheet } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Empty, Icon } from '../../ui';
import { FIRST_ROW, isError, markKey, marksOf, type Spot } from './findings';
import { SheetTable } from './SheetTable';

export interface SheetsProps {
  sheets: readonly FormSheet[];
  findings: readonly Finding[];
  at: Spot;
  /** see SheetTable */
  jump: object | null;
  onMove: (spot: Spot) => void;
}

export function Sheets(props: SheetsProps): JSX.Element {
  const sheet = () => props.sheets.find(({ name }) => name === props.at.sheet) ?? props.sheets[0];
  /** After another file there may be fewer rows and columns. */
  const at = (shown: FormSheet) => ({
    row: Math.min(props.at.row, shown.rows.length - 1),
    column: Math.min(props.at.column, shown.header.length - 1),
  });
  return (
    <Show when={sheet()} fallback={<Empty title={t('publish.noSheets')}>{t('publish.noSheetsNote')}</Empty>}>
      {(shown) => {
        const marks = createMemo(() => marksOf(props.findings, shown()));
        const here = () => marks().get(markKey(at(shown()).row, at(shown()).column)) ?? [];
        return (
          <div class="sheets">
            <div class="sheettabs" role="group" aria-label={t('publish.sheets')}>
              <For each={props.sheets}>
                {(each) => (
                  <SheetTab
                    sheet={each}
                    findings={props.findings}
                    on={each === shown()}
                    onPick={() => props.onMove({ sheet: each.name, row: 0, column: 0 })}
                  />
                )}
              </For>
            </div>
            <CellBar sheet={shown()} row={at(shown()).row} column={at(shown()).column} found={here()} />
            <Show when={shown().name} keyed>
              {(_name) => (
                <SheetTable
                  sheet={shown()}
                  marks={marks()}
                  at={at(shown())}
                  jump={props.jump}
                  onMove={(cell) => props.onMove({ sheet: shown().name, ...cell })}
                />
              )}
            </Show>
          </div>
        );
      }}
    </Show>
  );
}

function SheetTab(props: {
  sheet: FormSheet;
  findings: readonly Finding[];
  on: boolean;
  onPick: () => void;
}): JSX.Element {
  const mine = () => props.findings.filter(({ sheet }) => sheet === props.sheet.name);
  const errors = () => mine().filter(isError).length;
  const warnings = () => mine().length - errors();
  return (
    <button
      type="button"
      class="fchip"
      classList={{ on: props.on }}
      aria-pressed={props.on}
      onClick={() => props.onPick()}
    >
      {props.sheet.name}
      <Show when={errors() > 0}>
        <span class="mark wrong">
          <Icon name="circle-alert" />
          <span class="hidden">{t('publish.error')}</span> {errors()}
        </span>
      </Show>
      <Show when={warnings() > 0}>
        <span class="mark warn">
          <Icon name="info" />
          <span class="hidden">{t('publish.warning')}</span> {warnings()}
        </span>
      </Show>
    </button>
  );
}

/** As above a spreadsheet: where one is, the whole text of the cell, and what was found there. */
function CellBar(props: { sheet: FormSheet; row: number; column: number; found: readonly Finding[] }): JSX.Element {
  const text = () => {
    if (props.column < 0) return '';
    return (props.row < 0 ? props.sheet.header : props.sheet.rows[props.row])?.[props.column] ?? '';
  };
  const place = () =>
    t('publish.cell', {
      sheet: props.sheet.name,
      row: props.row + FIRST_ROW,
      column: props.column < 0 ? t('publish.wholeRow') : (props.sheet.header[props.column] ?? ''),
    });
  return (
    <div class="cellbar">
      <p class="cap">{place()}</p>
      <Show when={props.column >= 0}>
        <p class="celltext" classList={{ muted: text() === '' }}>
          {text() || t('publish.emptyCell')}
        </p>
      </Show>
      <For each={props.found}>
        {(finding) => (
          <p class="cellfound" classList={{ wrong: isError(finding), warn: !isError(finding) }}>
            <Icon name={isError(finding) ? 'circle-alert' : 'info'} size="sm" />
            <span>
              <b>{t(isError(finding) ? 'publish.error' : 'publish.warning')}</b> {inWords(finding)}
            </span>
          </p>
        )}
      </For>
    </div>
  );
}
