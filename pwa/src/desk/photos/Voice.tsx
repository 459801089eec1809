/**
 * A recording: fetched when somebody wants to hear it, with its length in words. A browser's own recordings carry no
 * length; one learns it by leaping to the end once, before anything is played.
 */
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import type { Attachment } from '../../api/types';
import { formatBytes, t } from '../../i18n';
import { Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ProblemNote } from '../parts/ProblemNote';
import { useEvidence } from './evidence';
import { pathOf } from './pictures';
import { Unplayed } from './Unplayed';

/** Beyond the end of anything that a phone records. */
const PAST_THE_END_S = 100_000;

export function Voice(props: { attachment: Attachment; label: string }): JSX.Element {
  const evidence = useEvidence();
  const [wanted, want] = createSignal(false);
  const [failed, setFailed] = createSignal(false);
  const [seconds, setSeconds] = createSignal<number | null>(null);
  const file = () => (wanted() ? evidence.files(pathOf(evidence.base, props.attachment)) : null);

  function measure(audio: HTMLAudioElement): void {
    if (!Number.isFinite(audio.duration)) {
      audio.currentTime = PAST_THE_END_S;
      return;
    }
    if (seconds() !== null) return;
    setSeconds(Math.max(1, Math.floor(audio.duration)));
    audio.currentTime = 0;
    audio.play().catch(() => undefined); // a browser that starts nothing by itself leaves it to the controls
  }

  return (
    <div class="voice">
      <Switch
        fallback={
          <DeskButton small icon="mic" busy={wanted()} onClick={() => want(true)}>
            {t('desk.listen', { size: formatBytes(props.attachment.bytes ?? 0) })}
          </DeskButton>
        }
      >
        <Match when={failed()}>
          <Unplayed attachment={props.attachment} words={t('desk.cannotListen')} />
        </Match>
        <Match when={file()?.url()}>
          {(url) => (
            <audio
              controls
              preload="metadata"
              src={url()}
              aria-label={props.label}
              onLoadedMetadata={(event) => measure(event.currentTarget)}
              onDurationChange={(event) => measure(event.currentTarget)}
              onError={() => setFailed(true)}
            />
          )}
        </Match>
        <Match when={file()?.problem()}>
          {(problem) => <ProblemNote problem={problem()} onAgain={() => file()?.again()} />}
        </Match>
      </Switch>
      <Show when={seconds()}>
        {(n) => (
          <span class="cap">
            <Icon name="timer" size="sm" /> {t('desk.nSeconds', { n: n() })}
          </span>
        )}
      </Show>
    </div>
  );
}
