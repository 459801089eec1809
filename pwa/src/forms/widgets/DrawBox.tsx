/**
 * A signature or a drawing: made on a sheet of its own, so that nobody goes on with half of one. What is kept is a
 * picture like a photo, on white, whatever the colours of the screen.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { AnewOrAway } from './AnewOrAway';
import { Fieldset } from './Fieldset';
import { DrawSheet } from './DrawSheet';
import { createTaking } from './taking';
import { Tile } from './Tile';
import type { WidgetProps } from './widget';

/** Longest side, in pixels, where the form says nothing: a name needs no more. */
const DRAWN_LONGEST = 960;

export function DrawBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const [drawing, setDrawing] = createSignal(false);
  const taking = createTaking(props, 'image', () => box);
  const signs = () => props.node.appearances.has('signature');
  const words = () => (signs() ? t('forms.sign') : t('forms.drawIt'));
  return (
    <Fieldset class="attached" asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={props.attachments} fallback={<p class="told">{props.value === '' ? '—' : t('forms.photoThere')}</p>}>
        {(host) => (
          <div class="photo drawn">
            <Show when={props.value}>
              {(name) => <Tile host={host()} name={name()} what={props.node.label} tag={null} />}
            </Show>
            <Show when={taking.open() && props.value === ''}>
              <button
                type="button"
                class="tile add"
                aria-busy={taking.busy() ? 'true' : undefined}
                onClick={() => setDrawing(true)}
              >
                <Icon name="pencil-line" size="big" />
                {words()}
              </button>
            </Show>
            <Show when={!taking.open() && props.value === ''}>
              <p class="told">—</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={taking.open() && props.value !== ''}>
        <AnewOrAway
          taking={taking}
          icon="pencil-line"
          anew={signs() ? t('forms.signAnew') : t('forms.drawAnew')}
          onAnew={() => setDrawing(true)}
        />
      </Show>
      <Show when={drawing()}>
        <DrawSheet
          title={props.node.label}
          wide={!signs()}
          onClose={() => setDrawing(false)}
          onDrawn={(picture) => {
            setDrawing(false);
            taking.keep(picture, props.node.maxPixels ?? DRAWN_LONGEST);
          }}
        />
      </Show>
    </Fieldset>
  );
}
