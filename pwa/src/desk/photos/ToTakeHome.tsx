/** The bytes of a file as a download, with how many they are. */
import type { JSX } from 'solid-js';
import type { Attachment } from '../../api/types';
import { formatBytes, t } from '../../i18n';
import { DeskButton } from '../parts/DeskButton';
import { useEvidence } from './evidence';

export function ToTakeHome(props: { attachment: Attachment }): JSX.Element {
  const evidence = useEvidence();
  return (
    <DeskButton small icon="download" onClick={() => evidence.fetch(props.attachment)}>
      {t('desk.downloadFile', { size: formatBytes(props.attachment.bytes ?? 0) })}
    </DeskButton>
  );
}
