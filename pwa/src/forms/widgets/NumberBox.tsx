/**
 * Integer and decimal. A text box with the number pad, not <input type="number">: that one throws away what it cannot
 * read, and changes the number when the page is scrolled. The pads of iPhones have no minus: where the number may be
 * below zero a button switches the sign.
 */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Field } from '../../ui';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function NumberBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const flip = () => {
    const text = props.value.trim();
    props.onAnswer(/^[-−－]/.test(text) ? text.slice(1) : `-${text}`);
  };
  return (
    <Field
      label={<Label node={props.node} alone={props.alone} />}
      hint={props.node.hint || undefined}
      error={props.error}
      end={
        <Show when={props.node.signed}>
          <button type="button" class="sign" aria-label={t('forms.flipSign')} onClick={flip}>
            ±
          </button>
        </Show>
      }
    >
      {(wired) => (
        <>
          <Show when={props.was}>
            {(words) => (
              <s class="was">
                <span class="hidden">{t('forms.before')}</span>
                {words()}
              </s>
            )}
          </Show>
          <input
            {...wired}
            {...typing}
            class="grow"
            type="text"
            inputmode={props.node.kind === 'integer' ? 'numeric' : 'decimal'}
            enterkeyhint="next"
            autocomplete="off"
            aria-required={props.node.required}
          />
        </>
      )}
    </Field>
  );
}
