/**
 * A photo. Empty: a dashed tile to take one, the album as the second way unless the form asks for a new one (`new`).
 * Taken: its tile, to be taken anew or away, and with `annotate` to be drawn on: then that is the photo.
 * While a record is corrected the photo that was sent stands beside the new one.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { dayOf, formatDay, formatTime, t } from '../../i18n';
import { Button, Icon } from '../../ui';
import { Away } from './AnewOrAway';
import { Fieldset } from './Fieldset';
import { DrawSheet } from './DrawSheet';
import { fromOf } from './from';
import { createTaking } from './taking';
import { Tile } from './Tile';
import type { WidgetProps } from './widget';

/** Longest side, in pixels, of a photo that was drawn on, where the form says nothing. */
const LONGEST = 1600;

export function PhotoBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'image', () => box);
  const [drawn, setDrawn] = createSignal<ImageBitmap | null>(null);
  const [absent, setAbsent] = createSignal(false);
  const from = () => fromOf(props.node);
  const longest = () => props.node.maxPixels ?? LONGEST;
  const draw = async (): Promise<void> => {
    setAbsent(false);
    const whole = await props.attachments?.original(props.value).catch(() => null);
    const picture = whole ? await createImageBitmap(whole).catch(() => null) : null;
    setAbsent(picture === null);
    setDrawn(picture);
  };
  const trouble = () => taking.failed() ?? (absent() ? t('forms.photoNotHere') : undefined);
  const tag = () => {
    const view = props.attachments?.view(props.value);
    const whose = view?.kept ? t('forms.photoBefore') : null;
    return props.was ? (whose ?? t('forms.photoNow')) : (view?.words ?? whose);
  };
  return (
    <Fieldset class="attached" asked={props} error={props.error ?? trouble()} ref={(element) => (box = element)}>
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
                onClick={() => taking.take(from())}
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
            <Button small icon="camera" busy={taking.busy()} onClick={() => taking.take(from())}>
              {t('forms.photoAnew')}
            </Button>
          </Show>
          <Show when={props.value !== '' && props.node.appearances.has('annotate')}>
            <Button small icon="pencil-line" onClick={() => void draw()}>
              {t('forms.annotate')}
            </Button>
          </Show>
          <Show when={from() === 'camera'}>
            <Button kind="bare" small busy={taking.busy()} onClick={() => taking.take('album')}>
              <Show when={props.value === ''}>
                <Icon name="image" />
              </Show>
              {t('forms.fromAlbum')}
            </Button>
          </Show>
          <Show when={props.value !== ''}>
            <Away taking={taking} />
          </Show>
        </div>
      </Show>
      <Show when={drawn()} keyed>
        {(picture) => (
          <DrawSheet
            title={props.node.label}
            wide
            photo={{ picture, longest: longest() }}
            onClose={() => setDrawn(null)}
            onDrawn={(made) => {
              setDrawn(null);
              taking.keep(made, longest());
            }}
          />
        )}
      </Show>
    </Fieldset>
  );
}

function sayMoment(moment: string): string {
  return `${formatDay(dayOf(moment), dayOf(new Date()))} ${formatTime(moment)}`;
}
