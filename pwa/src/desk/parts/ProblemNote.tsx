/** What did not happen and what to do next; it stays until it is mended, amber, never red. */
import { children, type JSX, Show } from 'solid-js';
import type { ApiProblem } from '../../api/problem';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { DeskButton } from './DeskButton';

export interface ProblemNoteProps {
  problem: ApiProblem;
  onAgain?: () => void;
  onClose?: () => void;
  /** what else can be done about it, in place of closing it */
  children?: JSX.Element;
}

export function ProblemNote(props: ProblemNoteProps): JSX.Element {
  const way = children(() => props.children);
  return (
    <div class="trouble" role="alert">
      <Icon name={props.problem.code === 'no_answer' ? 'cloud-off' : 'circle-alert'} />
      <p class="grow">
        <b>{props.problem.title}</b> <span>{props.problem.next}</span>
      </p>
      <Show when={props.onAgain}>
        {(again) => (
          <DeskButton small icon="refresh-cw" onClick={again()}>
            {t('ui.tryAgain')}
          </DeskButton>
        )}
      </Show>
      {way()}
      <Show when={!way() && props.onClose}>
        {(close) => (
          <button type="button" class="cross" aria-label={t('ui.close')} onClick={() => close()()}>
            <Icon name="x" />
          </button>
        )}
      </Show>
    </div>
  );
}
