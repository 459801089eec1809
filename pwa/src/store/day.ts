/** Local days of the county, wherever the phone thinks it is. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** YYYY-MM-DD of this moment in a time zone. */
export function dayIn(timezone: string, ms: number): string {
  let format = formats.get(timezone);
  if (format === undefined) {
    const options = { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', options);
    formats.set(timezone, format);
  }
  const parts = format.formatToParts(ms);
  const part = (name: string): string => parts.find(({ type }) => type === name)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Whole days from one day to a later one; below zero if it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The day so many days later; earlier below zero. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether a moment lies more than so many days before another; both are the server's, so the phone's clock cannot hurry it. */
export function isOlder(moment: string, now: string | null, days: number): boolean {
  return now !== null && Date.parse(moment) < Date.parse(now) - days * DAY_MS;
}
