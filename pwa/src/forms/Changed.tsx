/**
 * Before a changed record is handed in again: what is not as it was sent, by her hand or because opening it changed it (a
 * calculation made anew, a choice that is gone). Each can be put back.
 */
import { createMemo, For, type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { Button } from '../ui';
import type { Change, Filling } from './filling';
import { createReplace } from './replace';

export interface ChangedProps {
  filling: Filling;
  /** Paths of what is asked again: their cards say it themselves. */
  besides?: readonly string[];
}

export function Changed(props: ChangedProps): JSX.Element {
  const replace = createReplace(() => props.filling);
  const changes = createMemo(() =>
    props.filling.changes().filter(({ path }) => props.besides?.includes(path) !== true),
  );
  const canGoBack = ({ path }: Change) => {
    const question = props.filling.question(path);
    return question !== null && !props.filling.locked(question);
  };
  const goBack = ({ path }: Change) => replace(path, props.filling.sent(path) ?? '', t('forms.backToSent'));
  return (
    <Show when={changes().length > 0}>
      <section class="changed">
        <h2 class="label">{t('forms.changedSince')}</h2>
        <dl>
          <For each={changes()}>
            {(change) => (
              <div>
                <dt class="cap">{change.label}</dt>
                <dd>
                  <span class="hidden">{t('forms.before')}</span>
                  <s>{change.before || '—'}</s>
                  <span class="hidden">{t('forms.now')}</span>
                  <b>{change.after || '—'}</b>
                  <Show when={canGoBack(change)}>
                    <Button small icon="undo-2" onClick={() => goBack(change)}>
                      {t('forms.putBack')}
                      <span class="hidden">{change.label}</span>
                    </Button>
                  </Show>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </section>
    </Show>
  );
}
