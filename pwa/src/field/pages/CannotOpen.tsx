/** When a form cannot be shown: why, and the way on. Nothing that was written is in danger, and it says so. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { Button, Empty } from '../../ui';
import { Screen } from '../parts/Screen';

export function CannotOpen(props: { words: string; onAgain: () => void; onBack: () => void }): JSX.Element {
  return (
    <Screen title={t('field.visitTitle')} onBack={props.onBack} urgent>
      <Empty
        title={t('field.formTrouble')}
        action={
          <Button small icon="refresh-cw" onClick={() => props.onAgain()}>
            {t('ui.tryAgain')}
          </Button>
        }
      >
        {props.words}
      </Empty>
    </Screen>
  );
}

/** The draft is open in another window of this phone: one of them writes it, and she says which. */
export function Elsewhere(props: { onTake: () => void; onLeave: () => void }): JSX.Element {
  return (
    <Screen
      title={t('field.visitTitle')}
      onBack={props.onLeave}
      urgent
      dock={
        <footer class="dock action">
          <div class="pair">
            <Button class="back2" onClick={() => props.onLeave()}>
              {t('field.leave')}
            </Button>
            <Button kind="main" onClick={() => props.onTake()}>
              {t('field.takeOver')}
            </Button>
          </div>
        </footer>
      }
    >
      <Empty title={t('field.elsewhere')}>{t('field.elsewhereText')}</Empty>
    </Screen>
  );
}
