/** Correcting: what was sent, struck through, beside the answer of now. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';

export function Was(props: { words: string | null }): JSX.Element {
  return (
    <Show when={props.words}>
      {(words) => (
        <s class="was">
          <span class="hidden">{t('forms.before')}</span>
          {words()}
        </s>
      )}
    </Show>
  );
}
