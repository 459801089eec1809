/**
 * Text: one line, or several with the appearance `multiline`; `numbers` brings the number pad (telephone, room). `masked`
 * hides the letters from who looks over her shoulder, and a button shows them. It is no password box: that one would
 * offer to be kept, and takes no composition.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Field, Icon } from '../../ui';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function TextBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const masked = () => props.node.appearances.has('masked');
  const [seen, setSeen] = createSignal(false);
  const long = () => !masked() && props.node.appearances.has('multiline');
  return (
    <Field
      label={<Label node={props.node} alone={props.alone} />}
      hint={props.node.hint || undefined}
      error={props.error}
      area={long()}
      end={
        <Show when={masked()}>
          <button
            type="button"
            class="round"
            aria-pressed={seen()}
            aria-label={t('forms.showLetters')}
            onClick={() => setSeen(!seen())}
          >
            <Icon name={seen() ? 'eye-off' : 'eye'} />
          </button>
        </Show>
      }
    >
      {(wired) => (
        <Show
          when={long()}
          fallback={
            <input
              {...wired}
              {...typing}
              class="grow"
              classList={{ dots: masked() && !seen() }}
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
