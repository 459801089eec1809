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
  canApprove: boolean;
  canUndo: boolean;
  busy: boolean;
  onApprove: () => void;
  onUndo: () => void;
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
          <Match when={props.canApprove}>
            <DeskButton kind="main" icon="check" key="A" busy={props.busy} onClick={props.onApprove}>
              {t('desk.approve')}
            </DeskButton>
          </Match>
          <Match when={props.canUndo}>
            <DeskButton icon="undo-2" key="Z" busy={props.busy} onClick={props.onUndo}>
              {t('desk.undoApproval')}
            </DeskButton>
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
      </div>
    </footer>
  );
}
