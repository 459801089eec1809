/** The desk's button: 40 high, its key beside its word. Exactly one filled button on a page. */
import { type JSX, Show } from 'solid-js';
import { Icon, type IconName } from '../../ui';

export interface DeskButtonProps {
  /** `ask` asks somebody for something */
  kind?: 'main' | 'line' | 'bare' | 'ask';
  small?: boolean;
  wide?: boolean;
  icon?: IconName;
  key?: string;
  busy?: boolean;
  type?: 'button' | 'submit';
  onClick?: () => void;
  children: JSX.Element;
}

export function DeskButton(props: DeskButtonProps): JSX.Element {
  return (
    <button
      type={props.type ?? 'button'}
      class="dbtn"
      classList={{
        main: props.kind === 'main',
        bare: props.kind === 'bare',
        ret: props.kind === 'ask',
        s: Boolean(props.small),
        wide: Boolean(props.wide),
      }}
      aria-busy={props.busy ? 'true' : undefined}
      aria-keyshortcuts={props.key}
      onClick={(event) => {
        if (props.busy) event.preventDefault();
        else props.onClick?.();
      }}
    >
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.children}
      <Show when={props.key}>
        <kbd aria-hidden="true">{props.key}</kbd>
      </Show>
    </button>
  );
}
