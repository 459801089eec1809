/** A film: fetched when somebody wants to see it. */
import { createSignal, type JSX, Match, Switch } from 'solid-js';
import type { Attachment } from '../../api/types';
import { formatBytes, t } from '../../i18n';
import { DeskButton } from '../parts/DeskButton';
import { ProblemNote } from '../parts/ProblemNote';
import { useEvidence } from './evidence';
import { pathOf } from './pictures';
import { Unplayed } from './Unplayed';

export function Film(props: { attachment: Attachment; label: string }): JSX.Element {
  const evidence = useEvidence();
  const [wanted, want] = createSignal(false);
  const [failed, setFailed] = createSignal(false);
  const file = () => (wanted() ? evidence.files(pathOf(evidence.base, props.attachment)) : null);
  return (
    <div class="voice film">
      <Switch
        fallback={
          <DeskButton small icon="play" busy={wanted()} onClick={() => want(true)}>
            {t('desk.watch', { size: formatBytes(props.attachment.bytes ?? 0) })}
          </DeskButton>
        }
      >
        <Match when={failed()}>
          <Unplayed attachment={props.attachment} words={t('desk.cannotWatch')} />
        </Match>
        <Match when={file()?.url()}>
          {(url) => <video controls playsinline src={url()} aria-label={props.label} onError={() => setFailed(true)} />}
        </Match>
        <Match when={file()?.problem()}>
          {(problem) => <ProblemNote problem={problem()} onAgain={() => file()?.again()} />}
        </Match>
      </Switch>
    </div>
  );
}
