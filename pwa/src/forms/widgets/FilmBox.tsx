/** A film: how long it may be is said before, then it is filmed or chosen, looked at, made anew or taken away. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Icon } from '../../ui';
import type { AttachmentHost } from '../attachments';
import { Attached } from './Attached';
import { fromOf } from './from';
import { createTaking } from './taking';
import type { WidgetProps } from './widget';

export function FilmBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'video', () => box);
  const from = () => fromOf(props.node);
  return (
    <Attached asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={taking.open()}>
        <p class="cap">{t('forms.filmHow')}</p>
      </Show>
      <Show when={props.attachments} fallback={<p class="told">{props.value === '' ? '—' : t('forms.filmThere')}</p>}>
        {(host) => (
          <>
            <Show when={props.was}>
              {(was) => <Film host={host()} name={was()} what={t('forms.photoBefore')} title />}
            </Show>
            <Show when={props.value} fallback={<Show when={!taking.open()}>{<p class="told">—</p>}</Show>}>
              {(name) => <Film host={host()} name={name()} what={props.node.label} />}
            </Show>
          </>
        )}
      </Show>
      <Show when={taking.open()}>
        <Show
          when={props.value !== ''}
          fallback={
            <button
              type="button"
              class="tile add"
              aria-busy={taking.busy() ? 'true' : undefined}
              onClick={() => taking.take(from())}
            >
              <Icon name="camera" size="big" />
              {t('forms.film')}
            </button>
          }
        >
          <div class="ways">
            <Button small icon="camera" busy={taking.busy()} onClick={() => taking.take(from())}>
              {t('forms.filmAnew')}
            </Button>
            <Button kind="bare" small icon="trash-2" onClick={() => taking.remove()}>
              {t('forms.remove')}
            </Button>
          </div>
        </Show>
      </Show>
    </Attached>
  );
}

function Film(props: { host: AttachmentHost; name: string; what: string; title?: boolean }): JSX.Element {
  const view = () => props.host.view(props.name);
  return (
    <div class="recording">
      <Show when={props.title}>
        <p class="cap">{props.what}</p>
      </Show>
      <Show
        when={view()?.url}
        fallback={
          <p class="told">
            <Icon name="camera" />
            {t('forms.filmNotHere')}
          </p>
        }
      >
        {(src) => <video class="film" src={src()} controls playsinline preload="metadata" aria-label={props.what} />}
      </Show>
      <Show when={view()?.words}>{(words) => <p class="cap">{words()}</p>}</Show>
    </div>
  );
}
