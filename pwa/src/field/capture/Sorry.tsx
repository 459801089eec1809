/** What went wrong while a photo or a recording was taken, where it happened. */
import { type JSX, Show } from 'solid-js';
import { Icon } from '../../ui';

export function Sorry(props: { words: string | null }): JSX.Element {
  return (
    <Show when={props.words}>
      {(words) => (
        <p class="sorry" role="alert">
          <Icon name="circle-alert" size="sm" />
          {words()}
        </p>
      )}
    </Show>
  );
}
