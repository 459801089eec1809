/**
 * The foot of the review page: one filled button that says what it does to how many, the undo, and the keys. Who may
 * only read is told who decides.
 */
import { type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../../i18n';
import { DeskButton } from '../parts/DeskButton';

export interface ActionBarProps {
  decides: boolean;
  ticked: number;
  /** it waits for a decision */
  waits: boolean;
  /** versions say different things: what there is to approve has to be settled first */
  disputed: boolean;
  /** its author took it back: there is nothing to decide */
  withdrawn: boolean;
  /** what could be taken back */
  undoes: 'approve' | 'return' | null;
  busy: boolean;
  pictures: boolean;
  onApprove: () => void;
  onGiveBack: () => void;
  onSettle: () => void;
  onUndo: () => void;
  onEnlarge: () => void;
  onUntick: () => void;
  onStep: (by: 1 | -1) => void;
}

export function ActionBar(props: ActionBarProps): JSX.Element {
  return (
    <footer class="vact">
      <Show when={props.decides} fallback={<p class="muted">{t('desk.readsOnly')}</p>}>
        <Switch>
          <Match when={props.ticked > 0}>
            <DeskButton kind="main" icon="check" key="A" busy={props.busy} onClick={props.onApprove}>
              {t('desk.approveN', { n: props.ticked })}
            </DeskButton>
            <DeskButton onClick={props.onUntick}>{t('desk.untick')}</DeskButton>
          </Match>
          <Match when={props.waits}>
            <Show
              when={props.disputed}
              fallback={
                <DeskButton kind="main" icon="check" key="A" busy={props.busy} onClick={props.onApprove}>
                  {t('desk.approve')}
                </DeskButton>
              }
            >
              <DeskButton kind="main" icon="clipboard-check" key="S" onClick={props.onSettle}>
                {t('desk.settleIt')}
              </DeskButton>
            </Show>
            <DeskButton kind="ask" icon="message-square-warning" key="R" onClick={props.onGiveBack}>
              {t('desk.giveBack')}
            </DeskButton>
          </Match>
          <Match when={props.withdrawn}>
            <p class="muted">{t('desk.withdrawnNothing')}</p>
          </Match>
          <Match when={props.undoes}>
            {(what) => (
              <DeskButton icon="undo-2" key="Z" busy={props.busy} onClick={props.onUndo}>
                {what() === 'approve' ? t('desk.undoApproval') : t('desk.undoReturn')}
              </DeskButton>
            )}
          </Match>
        </Switch>
      </Show>
      <span class="grow" />
      <div class="keys">
        <DeskButton kind="bare" small key="J" onClick={() => props.onStep(1)}>
          {t('desk.key_next')}
        </DeskButton>
        <DeskButton kind="bare" small key="K" onClick={() => props.onStep(-1)}>
          {t('desk.key_previous')}
        </DeskButton>
        <Show when={props.pictures}>
          <DeskButton kind="bare" small key="P" onClick={props.onEnlarge}>
            {t('desk.key_enlarge')}
          </DeskButton>
        </Show>
      </div>
    </footer>
  );
}
