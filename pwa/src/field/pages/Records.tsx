/**
 * Several records under one check-in: the event's own form first, then whoever came, each with where it stands. Any can be
 * opened again or taken away until the visit is finished; what is not whole yet is said on its row.
 */
import { For, type JSX, Show } from 'solid-js';
import { ToldLine } from '../../forms';
import { t } from '../../i18n';
import { Button, Icon, Row, type Ring } from '../../ui';
import '../parts/records.css';
import { SaveStrip } from '../parts/SaveStrip';
import { Screen } from '../parts/Screen';
import type { Autosave } from '../visit/autosave';
import type { RecordState } from '../visit/records';
import { groupWords, type Together } from '../words-group';

export interface RecordLine {
  readonly record: string;
  /** the person; the form on the event's own row */
  readonly name: string;
  /** what is recorded about the person; null on the event's own row */
  readonly form: string | null;
  readonly state: RecordState;
  readonly removable: boolean;
}

export interface RecordsProps {
  /** today's, and not one that is told or changed afterwards */
  ofToday: boolean;
  /** the event's form */
  work: string;
  where: string;
  together: Together | null;
  lines: readonly RecordLine[];
  /** records that were not whole when she asked to finish */
  lacking: readonly string[];
  save: Autosave;
  /** in words, what stood in the way of finishing */
  failed: string | null;
  busy: boolean;
  finishWords: string;
  /** what is to be said below the bar: a reviewer's words */
  above?: JSX.Element;
  onOpen: (record: string) => void;
  onRemove: (line: RecordLine) => void;
  /** undefined: only what was asked about is open */
  onAdd?: (() => void) | undefined;
  onOtherPlace?: (() => void) | undefined;
  onOthersThere?: (() => void) | undefined;
  onFinish: () => void;
  onBack: () => void;
}

export function Records(props: RecordsProps): JSX.Element {
  const title = () => (props.ofToday ? t('group.records') : t('group.recordsThen'));
  return (
    <Screen
      title={title()}
      sub={props.work}
      urgent
      onBack={() => props.onBack()}
      dock={
        <footer class="dock action">
          <div role="status" aria-live="polite">
            <Note lacking={props.lacking.length} failed={props.failed} busy={props.busy} n={props.lines.length} />
          </div>
          <Button kind="main" icon="check" busy={props.busy} onClick={() => props.onFinish()}>
            {props.finishWords}
          </Button>
        </footer>
      }
    >
      <SaveStrip save={props.save} />
      {props.above}
      <ToldLine words={props.where} icon="map-pin" onChange={props.onOtherPlace} />
      <Show when={props.together}>
        {(together) => <ToldLine words={groupWords(together())} icon="users" onChange={props.onOthersThere} />}
      </Show>
      <ul
        class="list records"
        classList={{ 'some-go': props.lines.some(({ removable }) => removable) }}
        aria-label={title()}
      >
        <For each={props.lines}>
          {(line) => (
            <Line
              line={line}
              lacking={props.lacking.includes(line.record)}
              onOpen={() => props.onOpen(line.record)}
              onRemove={() => props.onRemove(line)}
            />
          )}
        </For>
      </ul>
      <Show when={props.onAdd}>
        {(add) => (
          <Button icon="plus" class="record-add" onClick={() => add()()}>
            {t('group.addRecord')}
          </Button>
        )}
      </Show>
    </Screen>
  );
}

function Note(props: { lacking: number; failed: string | null; busy: boolean; n: number }): JSX.Element {
  const asks = () => props.failed ?? (props.lacking > 0 ? t('group.recordsLeft', { n: props.lacking }) : null);
  const quiet = () => (props.busy ? t('group.recordsChecking') : t('group.recordsCount', { n: props.n }));
  return (
    <Show when={asks()} fallback={<p class="saved-note">{quiet()}</p>}>
      {(words) => (
        <p class="saved-note asks">
          <Icon name="circle-alert" size="sm" />
          <span>{words()}</span>
        </p>
      )}
    </Show>
  );
}

function Line(props: { line: RecordLine; lacking: boolean; onOpen: () => void; onRemove: () => void }): JSX.Element {
  return (
    <Row
      ring={ringOf(props.line.state)}
      name={props.line.name}
      cap={props.lacking ? <b class="asks">{t('group.recordLacking')}</b> : props.line.form}
      end={props.lacking ? undefined : stateWords(props.line.state)}
      onOpen={() => props.onOpen()}
      beside={
        props.line.removable ? (
          <button
            type="button"
            class="away"
            aria-label={t('group.recordRemove', { name: props.line.name })}
            onClick={() => props.onRemove()}
          >
            <Icon name="trash-2" />
          </button>
        ) : undefined
      }
    />
  );
}

function ringOf({ at }: RecordState): Ring {
  switch (at) {
    case 'empty':
      return 'due';
    case 'begun':
    case 'asked':
      return 'draft';
    case 'done':
    case 'sent':
      return 'done';
  }
}

function stateWords(state: RecordState): string {
  switch (state.at) {
    case 'empty':
      return t('group.recordEmpty');
    case 'begun':
      return t('group.recordBegun');
    case 'done':
      return t('group.recordDone');
    case 'sent':
      return t('group.recordSent');
    case 'asked':
      return t('group.recordAsked', { n: state.places });
  }
}
