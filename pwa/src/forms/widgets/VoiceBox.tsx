/** A recording: the button that begins one, then its player, to be recorded anew or taken away. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';
import { AnewOrAway } from './AnewOrAway';
import { Fieldset } from './Fieldset';
import { Held } from './Held';
import { Played } from './Played';
import { Player } from './Player';
import { createTaking } from './taking';
import type { WidgetProps } from './widget';

export function VoiceBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'audio', () => box);
  return (
    <Fieldset class="attached" asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Held asked={props} open={taking.open()} there={t('forms.voiceThere')}>
        {(host, name, before) => {
          const what = () => (before ? t('forms.voiceBefore') : props.node.label);
          return (
            <Played
              host={host()}
              name={name()}
              icon="mic"
              title={before ? what() : undefined}
              notHere={t('forms.voiceNotHere')}
            >
              {(url) => <Player src={url()} name={name()} what={what()} />}
            </Played>
          );
        }}
      </Held>
      <Show when={taking.open()}>
        <Show
          when={props.value !== ''}
          fallback={
            <Button icon="mic" busy={taking.busy()} onClick={() => taking.take()}>
              {t('forms.speak')}
            </Button>
          }
        >
          <AnewOrAway taking={taking} icon="mic" anew={t('forms.speakAnew')} onAnew={() => taking.take()} />
        </Show>
      </Show>
    </Fieldset>
  );
}
