/** What can be done with an item, the most helpful first: mend it, take it in as it is, close it, download it. */
import { createSignal, type JSX, Show } from 'solid-js';
import type { QuarantineDetail } from '../../api/types';
import { t } from '../../i18n';
import { toast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ReasonDialog } from '../parts/ReasonDialog';
import { api, may } from '../session/session';
import { whatOf } from './Item';
import { mendsFirst } from './reasons';

export interface ItemActionsProps {
  item: QuarantineDetail;
  busy: boolean;
  onRelease: () => void;
  onMend: () => void;
  onSee: (visit: string) => void;
  onDownload: () => void;
  onClosed: () => Promise<void>;
}

export function ItemActions(props: ItemActionsProps): JSX.Element {
  const [closing, setClosing] = createSignal(false);
  const open = () => props.item.state === 'open' && may('quarantine.release');
  /** Bytes that are no op at all can only be looked at elsewhere. */
  const isOp = () => props.item.kind !== null;

  async function close(note: string): Promise<void> {
    await api.ask(`/api/desk/quarantine/${props.item.id}/close`, { method: 'POST', body: { note } });
    setClosing(false);
    toast(t('desk.closedOne', { what: whatOf(props.item) }));
    await props.onClosed();
  }

  return (
    <footer class="vact">
      <Show when={open() && props.item.mendable && mendsFirst(props.item)}>
        <DeskButton kind="main" icon="pencil-line" onClick={() => props.onMend()}>
          {t('desk.mend')}
        </DeskButton>
      </Show>
      <Show when={open() && isOp()}>
        <DeskButton
          kind={mendsFirst(props.item) ? 'line' : 'main'}
          icon="rotate-ccw"
          busy={props.busy}
          onClick={() => props.onRelease()}
        >
          {t('desk.release')}
        </DeskButton>
      </Show>
      <Show when={open() && props.item.mendable && !mendsFirst(props.item)}>
        <DeskButton icon="pencil-line" onClick={() => props.onMend()}>
          {t('desk.mend')}
        </DeskButton>
      </Show>
      <Show when={props.item.state === 'released' && may('visits.read') && props.item.visit}>
        {(visit) => (
          <DeskButton icon="clipboard-check" onClick={() => props.onSee(visit())}>
            {t('desk.seeVisit')}
          </DeskButton>
        )}
      </Show>
      <DeskButton icon="download" onClick={() => props.onDownload()}>
        {t('desk.downloadRaw')}
      </DeskButton>
      <span class="grow" />
      <Show when={open()}>
        <DeskButton kind="bare" onClick={() => setClosing(true)}>
          {t('desk.closeItem')}
        </DeskButton>
      </Show>
      <Show when={closing()}>
        <ReasonDialog
          title={t('desk.closeItem')}
          note={t('desk.closeNote')}
          label={t('desk.closeWhy')}
          missing={t('desk.closeWhyMissing')}
          words={t('desk.closeIt')}
          onSend={close}
          onClose={() => setClosing(false)}
        />
      </Show>
    </footer>
  );
}
