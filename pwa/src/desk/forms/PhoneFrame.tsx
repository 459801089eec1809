/** A phone of 360 px in which the form runs: told what to show and how it is set, once it says that it is there. */
import { createEffect, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { t } from '../../i18n';
import { theme } from '../../ui';
import { fromUs, type FromFrame, type ToFrame, type TryForm, type TryLook } from './frame/messages';

export interface PhoneFrameProps {
  form: TryForm;
  look: Omit<TryLook, 'kind' | 'theme'>;
}

export function PhoneFrame(props: PhoneFrameProps): JSX.Element {
  let frame!: HTMLIFrameElement;
  const [ready, setReady] = createSignal(false);
  const say = (words: ToFrame) => frame.contentWindow?.postMessage(words, location.origin);
  const hear = (event: MessageEvent<FromFrame>) => {
    if (fromUs(event, frame.contentWindow) && event.data === 'ready') setReady(true);
  };
  onMount(() => {
    window.addEventListener('message', hear);
    onCleanup(() => window.removeEventListener('message', hear));
  });
  createEffect(() => {
    if (ready()) say({ kind: 'look', ...props.look, theme: theme() });
  });
  createEffect(() => {
    if (ready()) say(props.form);
  });
  return (
    <div class="tryphone">
      <iframe ref={frame} src="/preview" title={t('publish.tryFrame')} />
    </div>
  );
}
