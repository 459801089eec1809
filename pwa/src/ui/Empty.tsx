/** Nothing here, or not yet: a drawing, one kind sentence, one way on. Waiting says so in words, after 400 ms only. */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../i18n';
import { ArtEmpty } from './Art';

export function Empty(props: { title: string; children?: JSX.Element; action?: JSX.Element }): JSX.Element {
  return (
    <div class="empty">
      <ArtEmpty />
      <h2>{props.title}</h2>
      <Show when={props.children}>
        <p class="muted">{props.children}</p>
      </Show>
      <Show when={props.action}>
        <div class="acts2">{props.action}</div>
      </Show>
    </div>
  );
}

export function Loading(props: { words?: string }): JSX.Element {
  const [late, setLate] = createSignal(false);
  const timer = setTimeout(() => setLate(true), 400);
  onCleanup(() => clearTimeout(timer));
  return (
    <p class="loading muted" role="status">
      <Show when={late()}>{props.words ?? t('ui.loading')}</Show>
    </p>
  );
}
