/** A radio button cannot be un-chosen: where the answer may be left out, this takes it back. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';
import type { WidgetProps } from './widget';

export function Clear(props: WidgetProps): JSX.Element {
  const wanted = () => props.node.kind === 'one' && !props.node.required && props.value !== '';
  return (
    <Show when={wanted()}>
      <Button
        kind="bare"
        small
        icon="x"
        onClick={() => {
          props.onAnswer('');
          props.onEnd();
        }}
      >
        {t('forms.clear')}
      </Button>
    </Show>
  );
}
