/** 紧急: whom to call. It dials and nothing else; works without a network, because a telephone call does. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Sheet } from '../../ui';

export function UrgentSheet(props: { dutyPhone: string | null; onClose: () => void }): JSX.Element {
  return (
    <Sheet
      title={t('field.urgentTitle')}
      note={t('field.urgentText')}
      onClose={() => props.onClose()}
      foot={<Button onClick={() => props.onClose()}>{t('field.close')}</Button>}
    >
      <Button kind="sos" icon="phone" href="tel:120">
        {t('field.urgent120')}
      </Button>
      <Show when={props.dutyPhone} fallback={<p class="cap">{t('field.urgentNoDuty')}</p>}>
        {(phone) => (
          <Button icon="phone" href={`tel:${phone()}`}>
            <span>
              {t('field.urgentDuty')} <span class="nowrap">{phone()}</span>
            </span>
          </Button>
        )}
      </Show>
    </Sheet>
  );
}
