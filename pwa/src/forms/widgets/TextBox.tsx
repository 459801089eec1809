/** Text: one line, or several with the appearance `multiline`; `numbers` brings the number pad (telephone, room). */
import { type JSX, Show } from 'solid-js';
import { Field } from '../../ui';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function TextBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const long = () => props.node.appearances.has('multiline');
  return (
    <Field
      label={<Label node={props.node} alone={props.alone} />}
      hint={props.node.hint || undefined}
      error={props.error}
      area={long()}
    >
      {(wired) => (
        <Show
          when={long()}
          fallback={
            <input
              {...wired}
              {...typing}
              class="grow"
              type="text"
              inputmode={props.node.appearances.has('numbers') ? 'numeric' : 'text'}
              enterkeyhint="next"
              autocomplete="off"
              aria-required={props.node.required}
            />
          }
        >
          <textarea
            {...wired}
            {...typing}
            class="grow"
            rows={3}
            autocomplete="off"
            aria-required={props.node.required}
          />
        </Show>
      )}
    </Field>
  );
}
