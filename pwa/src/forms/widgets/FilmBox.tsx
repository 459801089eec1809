/** A film: how long it may be is said before, then it is filmed or chosen, looked at, made anew or taken away. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { AnewOrAway } from './AnewOrAway';
import { Fieldset } from './Fieldset';
import { FilmPlayer } from './FilmPlayer';
import { fromOf } from './from';
import { Held } from './Held';
import { Played } from './Played';
import { createTaking } from './taking';
import type { WidgetProps } from './widget';

export function FilmBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'video', () => box);
  const from = () => fromOf(props.node);
  return (
    <Fieldset class="attached" asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={taking.open()}>
        <p class="cap">{t('forms.filmHow')}</p>
      </Show>
      <Held asked={props} open={taking.open()} there={t('forms.filmThere')}>
        {(host, name, before) => {
          const what = () => (before ? t('forms.photoBefore') : props.node.label);
          return (
            <Played
              host={host()}
              name={name()}
              icon="camera"
              title={before ? what() : undefined}
              notHere={t('forms.filmNotHere')}
            >
              {(url) => <FilmPlayer class="film" src={url()} name={name()} what={what()} />}
            </Played>
          );
        }}
      </Held>
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
          <AnewOrAway taking={taking} icon="camera" anew={t('forms.filmAnew')} onAnew={() => taking.take(from())} />
        </Show>
      </Show>
    </Fieldset>
  );
}
