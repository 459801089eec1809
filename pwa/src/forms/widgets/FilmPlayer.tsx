/** Plays a film with the browser's own controls, or says that this browser cannot. */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Unplayed } from './Unplayed';

export interface FilmPlayerProps {
  src: string;
  what: string;
  name?: string | undefined;
  class: string;
}

export function FilmPlayer(props: FilmPlayerProps): JSX.Element {
  const [failed, setFailed] = createSignal<string | null>(null); // by its address: one filmed anew is another
  return (
    <Show
      when={failed() !== props.src}
      fallback={<Unplayed src={props.src} name={props.name} words={t('forms.cannotPlayFilm')} />}
    >
      <video
        class={props.class}
        src={props.src}
        controls
        playsinline
        preload="metadata"
        aria-label={props.what}
        onError={() => setFailed(props.src)}
      />
    </Show>
  );
}
