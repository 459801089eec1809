/**
 * Finding in a list of hundreds: a box to write in, what is said when nothing is found, and more rows by a tap. Only so
 * many stand there at a time: a list of hundreds makes a cheap phone wait.
 */
import { type Accessor, createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Icon, TextField } from '../../ui';

const PAGE = 40;

export interface Finding {
  readonly query: Accessor<string>;
  /** how many rows stand there */
  readonly most: Accessor<number>;
  look(query: string): void;
  more(): void;
}

export function createFinding(): Finding {
  const [query, setQuery] = createSignal('');
  const [most, setMost] = createSignal(PAGE);
  return {
    query,
    most,
    look(words) {
      setQuery(words);
      setMost(PAGE);
    },
    more: () => setMost(most() + PAGE),
  };
}

export function FindBox(props: { label: string; finding: Finding }): JSX.Element {
  return (
    <TextField
      label={props.label}
      icon="search"
      type="search"
      value={props.finding.query()}
      onInput={(words) => props.finding.look(words)}
    />
  );
}

export function NothingFound(props: { title: string; text: string }): JSX.Element {
  return (
    <p class="fact center" role="status">
      <Icon name="search" />
      <span>
        <b>{props.title}</b>
        <br />
        {props.text}
      </span>
    </p>
  );
}

/** `left`: how many do not stand there yet. */
export function MoreRows(props: { left: number; finding: Finding }): JSX.Element {
  return (
    <Show when={props.left > 0}>
      <Button kind="bare" icon="chevron-down" onClick={() => props.finding.more()}>
        {t('field.more', { n: props.left })}
      </Button>
    </Show>
  );
}
