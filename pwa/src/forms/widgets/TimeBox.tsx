/** A time of the day, or a day with its time: the browser's own input. Nothing is filled in by itself. */
import { createSignal, type JSX, mergeProps } from 'solid-js';
import { t } from '../../i18n';
import { Field } from '../../ui';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

/** What the input shows of an answer: it takes neither seconds nor a zone. */
const SHOWN = { time: 'HH:MM'.length, dateTime: 'YYYY-MM-DDTHH:MM'.length } as const;

export function TimeBox(props: WidgetProps): JSX.Element {
  const withDay = () => props.node.kind === 'dateTime';
  const length = () => (withDay() ? SHOWN.dateTime : SHOWN.time);
  const typing = typingOf(
    mergeProps(props, {
      get value() {
        return props.value.slice(0, length());
      },
    }),
  );
  const [half, setHalf] = createSignal(false);
  const halfWords = () => (withDay() ? t('forms.dateTime') : t('forms.time'));
  return (
    <Field
      label={<Label node={props.node} alone={props.alone} />}
      hint={props.node.hint || undefined}
      error={props.error ?? (half() ? halfWords() : undefined)}
    >
      {(wired) => (
        <input
          {...wired}
          {...typing}
          class="grow"
          type={withDay() ? 'datetime-local' : 'time'}
          aria-required={props.node.required}
          onBlur={(event) => {
            setHalf(event.currentTarget.validity.badInput);
            typing.onBlur();
          }}
        />
      )}
    </Field>
  );
}
