/** Before a changed record is handed in again: what is not as it was sent, by her hand or because opening it changed it. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import type { Filling } from './filling';

export function Changed(props: { filling: Filling }): JSX.Element {
  return (
    <Show when={props.filling.changes().length > 0}>
      <section class="changed">
        <h2 class="label">{t('forms.changedSince')}</h2>
        <dl>
          <For each={props.filling.changes()}>
            {(change) => (
              <div>
                <dt class="cap">{change.label}</dt>
                <dd>
                  <span class="hidden">{t('forms.before')}</span>
                  <s>{change.before || '—'}</s>
                  <span class="hidden">{t('forms.now')}</span>
                  <b>{change.after || '—'}</b>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </section>
    </Show>
  );
}
