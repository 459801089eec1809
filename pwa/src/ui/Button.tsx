/**
 * A button, or a link that looks like one. Nothing is ever disabled: a button that cannot act yet says what is missing
 * when it is tapped. While `busy` it keeps its size and swallows further taps.
 */
import { type JSX, Show } from 'solid-js';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface ButtonProps {
  kind?: 'main' | 'line' | 'bare' | 'sos';
  small?: boolean;
  icon?: IconName;
  busy?: boolean;
  type?: 'button' | 'submit';
  href?: string;
  class?: string;
  'aria-label'?: string;
  onClick?: (event: MouseEvent) => void;
  children?: JSX.Element;
}

export function Button(props: ButtonProps): JSX.Element {
  const classes = () =>
    ['btn', props.kind ?? 'line', props.small ? 'small' : '', props.class].filter(Boolean).join(' ');
  const inside = (
    <>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.children}
    </>
  );
  return (
    <Show
      when={props.href}
      fallback={
        <button
          type={props.type ?? 'button'}
          class={classes()}
          aria-busy={props.busy ? 'true' : undefined}
          aria-label={props['aria-label']}
          onClick={(event) => {
            if (props.busy) event.preventDefault();
            else props.onClick?.(event);
          }}
        >
          {inside}
        </button>
      }
    >
      {(href) => (
        <a class={classes()} href={href()} aria-label={props['aria-label']} onClick={(event) => props.onClick?.(event)}>
          {inside}
        </a>
      )}
    </Show>
  );
}
