/**
 * Integer and decimal. A text box with the number pad, not <input type="number">: that one throws away what it cannot
 * read, and changes the number when the page is scrolled. The pads of iPhones have no minus: where the number may be
 * below zero a button switches the sign. `counter` brings a button for one less and one more; `thousands-sep` reads the
 * number out below, because what was typed stays as it was typed.
 */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Field, Icon } from '../../ui';
import { Label } from './Label';
import { grouped } from './spot-words';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function NumberBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const flip = () => {
    const text = props.value.trim();
    props.onAnswer(/^[-−－]/.test(text) ? text.slice(1) : `-${text}`);
  };
  const counts = () => props.node.kind === 'integer' && props.node.appearances.has('counter');
  const count = (by: 1 | -1) => {
    const now = Number(props.value.trim() || '0');
    if (!Number.isSafeInteger(now)) return;
    props.onAnswer(String(props.node.signed ? now + by : Math.max(0, now + by)));
    props.onEnd();
  };
  return (
    <div class="dated" classList={{ counts: counts() }}>
      <Field
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error}
        end={
          <>
            <Show when={counts()}>
              <button type="button" class="round" aria-label={t('forms.less')} onClick={() => count(-1)}>
                <Icon name="minus" />
              </button>
              <button type="button" class="round" aria-label={t('forms.more')} onClick={() => count(1)}>
                <Icon name="plus" />
              </button>
            </Show>
            <Show when={props.node.signed && !counts()}>
              <button type="button" class="round" aria-label={t('forms.flipSign')} onClick={flip}>
                ±
              </button>
            </Show>
          </>
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
      <Show when={props.node.appearances.has('thousands-sep') && readOut(props.value)}>
        {(words) => <p class="cap said">{words()}</p>}
      </Show>
    </div>
  );
}

/** From four digits on; blank where there is nothing to make easier. */
function readOut(text: string): string {
  const parts = /^([+-]?)(\d{4,})(\.\d*)?$/.exec(text.trim());
  return parts === null ? '' : `${parts[1] ?? ''}${grouped(parts[2] ?? '')}${parts[3] ?? ''}`;
}
