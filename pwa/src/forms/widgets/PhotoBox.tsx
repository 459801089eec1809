/**
 * A photo. Empty: a dashed tile to take one, the album as the second way. Taken: its tile, to be taken anew or away.
 * While a record is corrected the photo that was sent stands beside the new one.
 */
import { type JSX, Show } from 'solid-js';
import { dayOf, formatDay, formatTime, t } from '../../i18n';
import { Button, Icon } from '../../ui';
import { Attached } from './Attached';
import { createTaking } from './taking';
import { Tile } from './Tile';
import type { WidgetProps } from './widget';

export function PhotoBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'image', () => box);
  const tag = () => {
    const view = props.attachments?.view(props.value);
    const whose = view?.kept ? t('forms.photoBefore') : null;
    return props.was ? (whose ?? t('forms.photoNow')) : (view?.words ?? whose);
  };
  return (
    <Attached asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={props.attachments} fallback={<p class="told">{props.value === '' ? '—' : t('forms.photoThere')}</p>}>
        {(host) => (
          <div class={props.was ? 'photos' : 'photo'}>
            <Show when={props.was}>
              {(was) => <Tile host={host()} name={was()} what={props.node.label} tag={t('forms.photoBefore')} />}
            </Show>
            <Show when={props.value}>
              {(name) => <Tile host={host()} name={name()} what={props.node.label} tag={tag()} />}
            </Show>
            <Show when={taking.open() && (props.value === '' || props.was)}>
              <button
                type="button"
                class="tile add"
                aria-busy={taking.busy() ? 'true' : undefined}
                onClick={() => taking.take()}
              >
                <Icon name="camera" size="big" />
                {props.was ? t('forms.photoMore') : t('forms.takePhoto')}
              </button>
            </Show>
            <Show when={!taking.open() && props.value === '' && !props.was}>
              <p class="told">—</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={props.value !== '' && props.attachments?.view(props.value)?.saidAt}>
        {(moment) => <p class="cap">{t('forms.photoSays', { at: sayMoment(moment()) })}</p>}
      </Show>
      <Show when={taking.open()}>
        <div class="ways">
          <Show when={props.value !== '' && !props.was}>
            <Button small icon="camera" busy={taking.busy()} onClick={() => taking.take()}>
              {t('forms.photoAnew')}
            </Button>
          </Show>
          <Button kind="bare" small busy={taking.busy()} onClick={() => taking.take('album')}>
            <Show when={props.value === ''}>
              <Icon name="image" />
            </Show>
            {t('forms.fromAlbum')}
          </Button>
          <Show when={props.value !== ''}>
            <Button kind="bare" small icon="trash-2" onClick={() => taking.remove()}>
              {t('forms.remove')}
            </Button>
          </Show>
        </div>
      </Show>
    </Attached>
  );
}

function sayMoment(moment: string): string {
  return `${formatDay(dayOf(moment), dayOf(new Date()))} ${formatTime(moment)}`;
}
