/** Days and moments as people say them: "12月3日 星期四（后天）", "1950年3月". What is no whole day stays as it was written. */
import { dayOf, daysBetween, formatDay, formatWeekday, language, t } from '../../i18n';

const WHOLE = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const DAY = 'YYYY-MM-DD'.length;

/** '' for what is no whole day. */
export function sayDay(day: string): string {
  if (!WHOLE.test(day)) return '';
  const today = dayOf(new Date());
  const near = nearDay(daysBetween(today, day));
  return t('forms.sayDay', {
    day: formatDay(day, today),
    weekday: formatWeekday(day),
    near: near === '' ? '' : t('forms.nearDay', { day: near }),
  });
}

/** The answer to a question of a day, a month or a year. */
export function dayWords(value: string, appearances: ReadonlySet<string>): string {
  if (!WHOLE.test(value)) return value;
  if (appearances.has('year')) return said(value, { year: 'numeric' });
  if (appearances.has('month-year')) return said(value, { year: 'numeric', month: 'long' });
  return sayDay(value);
}

/** 3月 · March; `month`: "03". */
export function monthName(month: string): string {
  return said(`2000-${month}-01`, { month: language() === 'zh' ? 'numeric' : 'long' });
}

function said(day: string, how: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00Z`).toLocaleDateString(language() === 'zh' ? 'zh-CN' : 'en-GB', {
    ...how,
    timeZone: 'UTC',
  });
}

/** A day and its time, without the weekday. */
export function momentWords(value: string): string {
  const day = value.slice(0, DAY);
  const time = value.slice(DAY + 1, 'YYYY-MM-DDTHH:MM'.length);
  return WHOLE.test(day) ? `${formatDay(day, dayOf(new Date()))} ${time}` : value.replace('T', ' ');
}

function nearDay(days: number): string {
  if (days === -1) return t('ui.yesterday');
  if (days === 0) return t('ui.today');
  if (days === 1) return t('forms.tomorrow');
  return days === 2 ? t('forms.dayAfter') : '';
}
