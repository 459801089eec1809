/** Something to be confirmed (`acknowledge`): one box to tick. */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Choice, FieldError } from '../../ui';
import { Label } from './Label';
import type { WidgetProps } from './widget';

export function YesBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  return (
    <fieldset class="q">
      <legend class="label">
        <Label node={props.node} alone={props.alone} />
      </legend>
      <Show when={props.node.hint}>
        <p class="cap hint">{props.node.hint}</p>
      </Show>
      <Choice
        many
        name={id}
        value="OK"
        label={t('forms.acknowledge')}
        checked={props.value !== ''}
        describedBy={props.error ? `${id}-error` : undefined}
        onChange={(on) => {
          props.onAnswer(on ? 'OK' : '');
          props.onEnd();
        }}
      />
      <FieldError id={`${id}-error`} words={props.error} />
    </fieldset>
  );
}
