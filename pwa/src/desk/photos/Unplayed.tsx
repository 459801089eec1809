/** A film or a recording that this browser cannot decode: in words, and to take home. */
import type { JSX } from 'solid-js';
import type { Attachment } from '../../api/types';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { ToTakeHome } from './ToTakeHome';

export function Unplayed(props: { attachment: Attachment; words: string }): JSX.Element {
  return (
    <div class="nophoto asks" role="status">
      <Icon name="circle-alert" />
      <p>
        <b>{props.words}</b>
        <span class="cap">{t('desk.cannotPlayNext')}</span>
      </p>
      <ToTakeHome attachment={props.attachment} />
    </div>
  );
}
