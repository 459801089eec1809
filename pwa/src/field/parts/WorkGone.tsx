/** What was to be recorded is not for her any more: its team or its form has gone. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { Button, Empty } from '../../ui';
import { Screen } from './Screen';

export function WorkGone(props: { title: string; onBack: () => void }): JSX.Element {
  return (
    <Screen title={props.title} onBack={props.onBack}>
      <Empty
        title={t('group.workGone')}
        action={
          <Button small onClick={() => props.onBack()}>
            {t('ui.back')}
          </Button>
        }
      >
        {t('group.workGoneText')}
      </Empty>
    </Screen>
  );
}
