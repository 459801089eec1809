/**
 * Plays a recording: one button, how far, how long. What the browser records itself (WebM) does not say its length; the
 * browser finds it when it is sent past the end.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Bar, Icon } from '../../ui';
import { Unplayed } from './Unplayed';

const PAST_THE_END_S = 1e7;

export function Player(props: { src: string; what: string; name?: string | undefined }): JSX.Element {
  let audio!: HTMLAudioElement;
  const [playing, setPlaying] = createSignal(false);
  const [at, setAt] = createSignal(0);
  const [length, setLength] = createSignal<number | null>(null);
  const [failed, setFailed] = createSignal<string | null>(null); // by its address: one recorded anew is another
  let measuring = false;

  const measure = () => {
    if (Number.isFinite(audio.duration)) {
      setLength(audio.duration);
      if (measuring) audio.currentTime = 0;
      measuring = false;
    } else if (audio.duration === Infinity && !measuring) {
      measuring = true;
      audio.currentTime = PAST_THE_END_S;
    }
  };
  const fail = () => {
    if (audio.error !== null) setFailed(props.src); // a second tap only breaks the first off
  };
  const toggle = () => {
    if (!audio.paused) audio.pause();
    else audio.play().catch(fail);
  };
  const said = () => t('forms.heard', { at: minutes(at()), of: minutes(length() ?? 0) });
  return (
    <div class="player">
      <audio
        ref={audio}
        src={props.src}
        preload="metadata"
        onLoadedMetadata={measure}
        onDurationChange={measure}
        onTimeUpdate={() => measuring || setAt(audio.currentTime)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => {
          setPlaying(false);
          setAt(0);
        }}
        onError={() => setFailed(props.src)}
      />
      <Show
        when={failed() !== props.src}
        fallback={<Unplayed src={props.src} name={props.name} words={t('forms.cannotPlay')} />}
      >
        <button type="button" class="mic" aria-label={label(playing(), props.what)} onClick={toggle}>
          <Icon name={playing() ? 'pause' : 'play'} />
        </button>
        <span class="grow">
          <Bar done={at()} of={length() ?? 1} label={props.what} />
          <span class="cap line">{length() === null ? minutes(at()) : said()}</span>
        </span>
      </Show>
    </div>
  );
}

const label = (playing: boolean, what: string) => `${playing ? t('forms.pause') : t('forms.play')} ${what}`;

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
