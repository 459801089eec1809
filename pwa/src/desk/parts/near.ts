/** A moment as one says it at the desk, by the county's clock: 昨天 20:17. */
import { dayOf, formatNear, formatTime } from '../../i18n';
import { zone } from '../session/session';

export function near(moment: string): string {
  return `${formatNear(dayOf(moment, zone()), dayOf(new Date(), zone()))} ${formatTime(moment, zone())}`;
}
