/** What is asked. What must be answered carries no mark; what may be left out says so. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { useFormAround } from '../files';
import type { Question } from '../model';

export function Label(props: { node: Question; alone: boolean; locked?: boolean }): JSX.Element {
  const around = useFormAround();
  return (
    <span classList={{ ask: props.alone, hidden: around?.told === true }}>
      {props.node.label}
      <Show when={!(props.node.required || props.locked)}>
        {' '}
        <span class="cap">{t('forms.optional')}</span>
      </Show>
    </span>
  );
}
