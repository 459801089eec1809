/** The last seven days as circles. Each has a form of its own and says for readers what it means. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon, type IconName } from '../../ui';
import type { DayCircle, DayLook } from '../model/week';
import { nearDay, shortWeekday } from '../words';

const looks: Readonly<Record<DayLook, { look: string; icon: IconName | null }>> = {
  seen: { look: '', icon: 'check' },
  recorded: { look: 'open', icon: 'check' },
  tried: { look: 'miss', icon: 'x' },
  missed: { look: 'miss', icon: 'x' },
  unknown: { look: 'none', icon: 'minus' },
  before: { look: 'none', icon: null },
  today: { look: 'now', icon: null },
};

export function Week(props: { days: readonly DayCircle[]; today: string }): JSX.Element {
  const close = (index: number) => index >= props.days.length - 2;
  return (
    <ul class="week" aria-label={t('field.week')}>
      <For each={props.days}>
        {(day, index) => (
          <li>
            <i class={looks[day.look].look} role="img" aria-label={t(`field.day_${day.look}`)}>
              <Show when={looks[day.look].icon}>{(icon) => <Icon name={icon()} />}</Show>
            </i>
            {close(index()) ? nearDay(day.day, props.today) : shortWeekday(day.day)}
          </li>
        )}
      </For>
    </ul>
  );
}
