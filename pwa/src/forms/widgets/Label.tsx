/** What is asked. What must be answered carries no mark; what may be left out says so. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import type { Question } from '../model';

export function Label(props: { node: Question; alone: boolean }): JSX.Element {
  return (
    <span classList={{ ask: props.alone }}>
      {props.node.label}{' '}
      <Show when={!props.node.required}>
        <span class="cap">{t('forms.optional')}</span>
      </Show>
    </span>
  );
}
