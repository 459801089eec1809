/** What pages say about people and days, in the language that is spoken. Everything here is reactive through t(). */
import { dayOf, daysBetween, formatDay, formatNear, formatTime, formatWeekday, language, t } from '../i18n';
import type { Address } from './model/address';
import { longAddress, shortAddress } from './model/address';
import { knownHow } from './model/how';
import type { RightWord } from './model/right-word';
import type { Reason } from './model/sent';

const yard = (number: string): string => t('field.yard', { n: number });

export const shortAddressWords = (address: Address): string => shortAddress(address, yard);
export const longAddressWords = (address: Address): string => longAddress(address, yard);

export const ageWords = (age: number | null): string | undefined =>
  age === null ? undefined : t('field.age', { n: age });

export function howWords(how: string | null): string {
  const known = knownHow(how);
  return known === null ? t('field.howOther') : t(`field.how_${known}`);
}

/** 昨天没联系上 · 3 天没联系上 · 还没联系上过 */
export function missedWords(days: number | null): string {
  if (days === null) return t('field.missedEver');
  return days === 1 ? t('field.missedYesterday') : t('field.missedDays', { n: days });
}

export function rightWords(word: RightWord, today: string): string {
  switch (word.at) {
    case 'draft':
      return t('ui.draft');
    case 'waiting':
      return t('ui.waiting');
    case 'received':
      return t('ui.received');
    case 'tried':
      return t('field.triedToday');
    case 'new':
      return t('field.pairNew');
    case 'missed':
      return missedWords(word.days);
    case 'seen':
      return t('field.whenHow', { when: nearDay(word.on, today), how: howWords(word.how) });
  }
}

const SHORT = [0, 1, 2, 3, 4, 5, 6] as const;

/** 周三 · Wed */
export function shortWeekday(day: string): string {
  return t(`field.weekdayShort${SHORT[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 0}`);
}

/** As formatNear, for a narrow column: the short name of a day of this week; English has no short "yesterday". */
export function nearDay(day: string, today: string): string {
  const near = formatNear(day, today);
  const long = near === formatWeekday(day) || (language() === 'en' && daysBetween(day, today) === 1);
  return long ? shortWeekday(day) : near;
}

/** 今天 9:48 · 11月2日 9:48 */
export function nearMoment(moment: string, today: string, timeZone: string): string {
  return `${formatNear(dayOf(moment, timeZone), today)} ${formatTime(moment, timeZone)}`;
}

/** 11月24日 星期二 · Tue 24 Nov: the weekday short where the month comes after it. */
export function todayTitle(today: string): { day: string; weekday: string } {
  const weekday = language() === 'zh' ? formatWeekday(today) : shortWeekday(today);
  return { day: formatDay(today), weekday };
}

/** Why a record is where it is, beside its state. `brief`: where nothing else on the page speaks of another day. */
export function reasonWords(reason: Reason, today: string, timeZone: string, brief = false): string {
  switch (reason.at) {
    case 'draft':
      return t('field.reasonDraft', {
        when: reason.changed === null ? '' : nearMoment(reason.changed, today, timeZone),
      });
    case 'waiting':
      return t('field.reasonWaiting');
    case 'offline':
      return t('field.reasonOffline');
    case 'sending':
      return t('field.reasonSending');
    case 'handling':
      return t('field.reasonHandling');
    case 'withdrawn':
      return reason.waits ? t('field.reasonWithdrawnWaits') : t('field.reasonWithdrawn');
    case 'too-late':
      return t('field.reasonTooLate');
    case 'received':
      return t('field.reasonReceived', {
        when: reason.when === null ? '' : arrival(reason.when, today, timeZone, brief),
      });
    case 'passed':
      return reason.by === null ? '' : t('field.reasonPassed', { by: reason.by });
    case 'returned': {
      const by = reason.by ?? t('field.reviewer');
      return reason.words === null
        ? t('field.reasonReturnedBare', { by })
        : t('field.reasonReturned', { by, words: reason.words });
    }
  }
}

function arrival(moment: string, today: string, timeZone: string, brief: boolean): string {
  return brief && dayOf(moment, timeZone) === today
    ? formatTime(moment, timeZone)
    : nearMoment(moment, today, timeZone);
}
