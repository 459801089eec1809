/** What can be done with a file that a question has: made anew, or taken away. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { Button, type IconName } from '../../ui';
import type { Taking } from './taking';

export interface AnewOrAwayProps {
  taking: Taking;
  icon: IconName;
  anew: string;
  onAnew: () => void;
}

export function AnewOrAway(props: AnewOrAwayProps): JSX.Element {
  return (
    <div class="ways">
      <Button small icon={props.icon} busy={props.taking.busy()} onClick={() => props.onAnew()}>
        {props.anew}
      </Button>
      <Away taking={props.taking} />
    </div>
  );
}

export function Away(props: { taking: Taking }): JSX.Element {
  return (
    <Button kind="bare" small icon="trash-2" onClick={() => props.taking.remove()}>
      {t('forms.remove')}
    </Button>
  );
}
