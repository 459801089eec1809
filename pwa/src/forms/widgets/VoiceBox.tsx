/** A recording: the button that begins one, then its player, to be recorded anew or taken away. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Icon } from '../../ui';
import type { AttachmentHost } from '../attachments';
import { Attached } from './Attached';
import { Player } from './Player';
import { createTaking } from './taking';
import type { WidgetProps } from './widget';

export function VoiceBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'audio', () => box);
  return (
    <Attached asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={props.attachments} fallback={<p class="told">{props.value === '' ? '—' : t('forms.voiceThere')}</p>}>
        {(host) => (
          <>
            <Show when={props.was}>
              {(was) => <Recording host={host()} name={was()} what={t('forms.voiceBefore')} title />}
            </Show>
            <Show when={props.value} fallback={<Show when={!taking.open()}>{<p class="told">—</p>}</Show>}>
              {(name) => <Recording host={host()} name={name()} what={props.node.label} />}
            </Show>
          </>
        )}
      </Show>
      <Show when={taking.open()}>
        <Show
          when={props.value !== ''}
          fallback={
            <Button icon="mic" busy={taking.busy()} onClick={() => taking.take()}>
              {t('forms.speak')}
            </Button>
          }
        >
          <div class="ways">
            <Button small icon="mic" busy={taking.busy()} onClick={() => taking.take()}>
              {t('forms.speakAnew')}
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

function Recording(props: { host: AttachmentHost; name: string; what: string; title?: boolean }): JSX.Element {
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
            <Icon name="mic" />
            {t('forms.voiceNotHere')}
          </p>
        }
      >
        {(src) => <Player src={src()} what={props.what} />}
      </Show>
      <Show when={view()?.words}>{(words) => <p class="cap">{words()}</p>}</Show>
    </div>
  );
}
