/** The camera over the whole screen until it has read a code; without a camera it says so, and the code can be typed. */
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';
import { scan } from '../scanner';
import './capture.css';
import { FullScreen } from './FullScreen';

export function CodeSheet(props: {
  title: string;
  /** what the code says; null: she goes back */
  onDone: (text: string | null) => void;
}): JSX.Element {
  let video!: HTMLVideoElement;
  const [none, setNone] = createSignal(false);
  onMount(() => {
    const stop = scan(video, {
      onSeen(text) {
        if (text.trim() === '') return false;
        props.onDone(text.trim());
        return true;
      },
      onNoCamera: () => setNone(true),
    });
    onCleanup(stop);
  });
  return (
    <FullScreen label={t('visits.codeTitle')} onClose={() => props.onDone(null)}>
      <div class="camera">
        <p class="what">{props.title}</p>
        <div class="finder">
          <video ref={video} muted playsinline classList={{ away: none() }} aria-hidden="true" />
          <Show when={none()}>
            <div class="choosing">
              <p class="lead" role="status">
                {t('visits.codeNoCamera')}
              </p>
            </div>
          </Show>
        </div>
        <footer>
          <Show when={!none()}>
            <p class="cap center">{t('visits.codeHold')}</p>
          </Show>
          <Button onClick={() => props.onDone(null)}>{t('visits.codeByHand')}</Button>
        </footer>
      </div>
    </FullScreen>
  );
}
