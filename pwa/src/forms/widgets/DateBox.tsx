/**
 * A day: the browser's own input, so that each phone shows the picker that its owner knows. Nothing is filled in by
 * itself, and no day is greyed out: which days fit is said by the form's own sentence. Below it the day is read out as
 * people say it, "11月25日 星期三（明天）", because the input shows digits.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Field } from '../../ui';
import { sayDay } from './days';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function DateBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const [half, setHalf] = createSignal(false);
  return (
    <div class="dated">
      <Field
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error ?? (half() ? t('forms.date') : undefined)}
      >
        {(wired) => (
          <input
            {...wired}
            {...typing}
            class="grow"
            type="date"
            aria-required={props.node.required}
            onBlur={(event) => {
              setHalf(event.currentTarget.validity.badInput);
              typing.onBlur();
            }}
          />
        )}
      </Field>
      <Show when={sayDay(props.value)}>{(words) => <p class="cap said">{words()}</p>}</Show>
    </div>
  );
}
