/** Something to be confirmed (`acknowledge`): one box to tick. */
import { createUniqueId, type JSX } from 'solid-js';
import { t } from '../../i18n';
import { Choice } from '../../ui';
import { Fieldset } from './Fieldset';
import type { WidgetProps } from './widget';

export function YesBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  return (
    <Fieldset asked={props} error={props.error} errorId={`${id}-error`}>
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
    </Fieldset>
  );
}
