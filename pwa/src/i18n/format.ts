/**
 * Days, times and sizes as people write them. A day is a calendar day ("2026-11-24") and never shifts with a time zone;
 * a moment is shown in the county's zone when the caller names it, else in the device's.
 */
import { language, t } from './words';

const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A formatter costs a cheap phone a millisecond to make, a list of a hundred rows asks for three hundred. */
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = made.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, options);
    made.set(key, found);
  }
  return found;
}

function utcOf(day: string): Date {
  const parts = DAY.exec(day);
  if (parts === null) throw new RangeError(`Not a day: ${day}`);
  return new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
}

/** The calendar day of a moment, as "2026-11-24". */
export function dayOf(moment: Date | string, timeZone?: string): string {
  const parts = formatter('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone(timeZone),
  });
  return parts.format(new Date(moment));
}

const zone = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone });

/** 11月24日 · 24 Nov; with the year when it is not the year of `today`. */
export function formatDay(day: string, today?: string): string {
  const year = today !== undefined && day.slice(0, 4) !== today.slice(0, 4) ? ({ year: 'numeric' } as const) : {};
  const month = language() === 'zh' ? 'long' : 'short';
  return formatter(LOCALE[language()], { day: 'numeric', month, timeZone: 'UTC', ...year }).format(utcOf(day));
}

/** 星期二 · Tuesday */
export function formatWeekday(day: string): string {
  return formatter(LOCALE[language()], { weekday: 'long', timeZone: 'UTC' }).format(utcOf(day));
}

/** 今天 · 昨天 · 星期日 (within a week) · 11月2日 */
export function formatNear(day: string, today: string): string {
  const ago = daysBetween(day, today);
  if (ago === 0) return t('ui.today');
  if (ago === 1) return t('ui.yesterday');
  if (ago > 1 && ago < 7) return formatWeekday(day);
  return formatDay(day, today);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to).getTime() - utcOf(from).getTime()) / 86_400_000);
}

/** 9:48 */
export function formatTime(moment: Date | string, timeZone?: string): string {
  const options = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', ...zone(timeZone) } as const;
  return formatter('en-GB', options)
    .format(new Date(moment))
    .replace(/^0(?=\d:)/, '');
}

/** 640 kB · 1.2 MB · 10.7 GB */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
