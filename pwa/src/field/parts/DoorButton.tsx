/** One of the big buttons at the door: all weigh the same, none is suggested. */
import { type JSX, Show } from 'solid-js';
import { Icon, type IconName } from '../../ui';

export function DoorButton(props: { icon: IconName; title: string; hint?: string; onTap: () => void }): JSX.Element {
  return (
    <button type="button" onClick={() => props.onTap()}>
      <span class="disc">
        <Icon name={props.icon} size="big" />
      </span>
      <span class="grow">
        <span class="title">{props.title}</span>
        <Show when={props.hint}>
          <span class="cap">{props.hint}</span>
        </Show>
      </span>
    </button>
  );
}
