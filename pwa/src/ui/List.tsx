/** Cards and lists of rows. A row's ring is its icon, the text at its right is the word: together they are the state. */
import { type JSX, Show } from 'solid-js';
import type { State } from './Chip';
import { Icon } from './Icon';
import type { IconName } from './icons';

export function Card(props: { class?: string; children: JSX.Element }): JSX.Element {
  return <section class={`card ${props.class ?? ''}`}>{props.children}</section>;
}

export function List(props: { label?: string; children: JSX.Element }): JSX.Element {
  return (
    <ul class="list" aria-label={props.label}>
      {props.children}
    </ul>
  );
}

export type Ring = Extract<State, 'due' | 'draft' | 'overdue' | 'done'>;
const inRing: Readonly<Record<Ring, IconName | null>> = {
  due: null,
  draft: 'pencil-line',
  overdue: 'clock-alert',
  done: 'check',
};

export interface RowProps {
  ring?: Ring;
  icon?: IconName;
  name: JSX.Element;
  small?: string | undefined;
  cap?: JSX.Element;
  /** the right word; at the largest text it moves below the name */
  end?: JSX.Element;
  urgent?: boolean;
  href?: string;
  onOpen?: (event: MouseEvent) => void;
  /** a button of its own at the right of the row */
  beside?: JSX.Element;
}

export function Row(props: RowProps): JSX.Element {
  const inside = (
    <>
      <Show when={props.ring}>
        {(ring) => (
          <span class={`ring ${ring() === 'overdue' ? 'late' : ring()}`}>
            <Show when={inRing[ring()]}>{(name) => <Icon name={name()} />}</Show>
          </span>
        )}
      </Show>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      <span class="grow">
        <span class="name">
          {props.name}
          <Show when={props.small}>
            <small>{props.small}</small>
          </Show>
        </span>
        <Show when={props.cap}>
          <span class="cap line">{props.cap}</span>
        </Show>
        <Show when={props.end}>
          <span class="only-large line" classList={{ red: Boolean(props.urgent) }}>
            {props.end}
          </span>
        </Show>
      </span>
      <Show when={props.end}>
        <span class="end cap" classList={{ red: Boolean(props.urgent) }}>
          {props.end}
        </span>
      </Show>
    </>
  );
  return (
    <li>
      <Show
        when={props.href}
        fallback={
          <Show when={props.onOpen} fallback={<div class="row-p">{inside}</div>}>
            <button type="button" class="row-p" onClick={(event) => props.onOpen?.(event)}>
              {inside}
            </button>
          </Show>
        }
      >
        {(href) => (
          <a class="row-p" href={href()} onClick={(event) => props.onOpen?.(event)}>
            {inside}
          </a>
        )}
      </Show>
      {props.beside}
    </li>
  );
}
