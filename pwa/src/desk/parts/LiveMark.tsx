/** Beside the filters: that the page follows the server, or that the server is not heard. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import type { Heard } from './live';

export function LiveMark(props: { heard: Heard }): JSX.Element {
  return (
    <span role="status">
      <Show
        when={props.heard.at === 'silent'}
        fallback={
          <span class="live">
            <span class="livewords">{t('desk.live')}</span>
          </span>
        }
      >
        <span class="chip offline">
          <Icon name="cloud-off" />
          {t('desk.notHeard')}
        </span>
      </Show>
    </span>
  );
}
