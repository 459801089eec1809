/**
 * The rows of a repeat that she fills as often as it happened: what stands in each, a way into it, a way to take it
 * away (and back), and the button for one more. Where all is on one page the rows stand above, and only the button is
 * left.
 */
import { type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { Button, Card, Icon, List } from '../ui';
import type { Filling } from './filling';
import { isQuestion, type Repeat, type Row, walk } from './model';
import type { Replace } from './replace';
import { saidShortly } from './widgets/widget';
import { Windowed } from './Windowed';

const TOLD = 2;
const DRAWN = 20;

export interface RowsProps {
  filling: Filling;
  node: Repeat;
  replace: Replace;
  /** The rows themselves stand on this page. */
  shown: boolean;
  /** Goes to the row at this path. */
  onOpen: (path: string) => void;
}

export function Rows(props: RowsProps): JSX.Element {
  const fixed = () => props.filling.rowsFixed();
  return (
    <div class="rows" data-path={props.node.path} tabindex={-1}>
      <Show when={!props.shown}>
        <h2 class="ask">{props.node.label}</h2>
        <Show when={props.node.rows.length > 0} fallback={<p class="muted">{t('forms.noRows')}</p>}>
          <Card>
            <List label={props.node.label}>
              <Windowed each={props.node.rows} by={DRAWN}>
                {(row) => (
                  <li class="row-of">
                    <button type="button" class="row-p grow" onClick={() => props.onOpen(row.path)}>
                      <span class="grow">
                        <span class="name">{t('forms.rowN', { what: row.label, n: row.n })}</span>
                        <span class="cap line">{saying(row)}</span>
                      </span>
                      <Icon name="chevron-right" />
                    </button>
                    <Show when={!fixed()}>
                      <RemoveRow filling={props.filling} row={row} replace={props.replace} />
                    </Show>
                  </li>
                )}
              </Windowed>
            </List>
          </Card>
        </Show>
      </Show>
      <Show when={!fixed()}>
        <Button icon="plus" onClick={() => props.onOpen(props.filling.addRow(props.node))}>
          {t('forms.addRow', { what: props.node.label })}
        </Button>
      </Show>
    </div>
  );
}

export function RemoveRow(props: { filling: Filling; row: Row; replace: Replace }): JSX.Element {
  const what = () => t('forms.rowN', { what: props.row.label, n: props.row.n });
  const remove = () => {
    const words = t('forms.rowRemoved', { what: what() });
    props.replace.offer(words, props.filling.removeRow(props.row));
  };
  return (
    <button type="button" class="drop" aria-label={t('forms.removeRow', { what: what() })} onClick={remove}>
      <Icon name="trash-2" />
    </button>
  );
}

/** Its first answers, as a person reads them. */
function saying(row: Row): string {
  const said = [...walk(row)].filter(isQuestion).filter((each) => each.relevant && each.value !== '');
  if (said.length === 0) return t('forms.rowBlank');
  return said.slice(0, TOLD).map(saidShortly).join(t('forms.comma'));
}
