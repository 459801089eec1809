/** A radio button or a slider cannot be un-chosen: where the answer may be left out, this takes it back. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';
import type { Question } from '../model';
import type { WidgetProps } from './widget';

const CLEARED: ReadonlySet<Question['kind']> = new Set(['one', 'range']);

export function Clear(props: WidgetProps): JSX.Element {
  const wanted = () => CLEARED.has(props.node.kind) && !props.node.required && props.value !== '';
  return (
    <Show when={wanted()}>
      <Button
        kind="bare"
        small
        class="flush"
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
