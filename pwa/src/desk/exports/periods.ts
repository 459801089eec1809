/** The periods that an office asks for, as first and last day. Weeks begin on Monday. */
export const periodNames = ['week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'year'] as const;
export type PeriodName = (typeof periodNames)[number];
export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** `today` is the county's day, "2026-11-24". A period that is not over yet ends today. */
export function periodOf(name: PeriodName, today: string): Period {
  const now = Date.parse(`${today}T00:00:00Z`);
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
  const monday = now - ((new Date(now).getUTCDay() + 6) % 7) * DAY_MS;
  switch (name) {
    case 'week':
      return { from: iso(monday), to: today };
    case 'lastWeek':
      return { from: iso(monday - 7 * DAY_MS), to: iso(monday - DAY_MS) };
    case 'month':
      return { from: iso(Date.UTC(year, month, 1)), to: today };
    case 'lastMonth':
      return { from: iso(Date.UTC(year, month - 1, 1)), to: iso(Date.UTC(year, month, 0)) };
    case 'quarter':
      return { from: iso(Date.UTC(year, month - (month % 3), 1)), to: today };
    case 'year':
      return { from: iso(Date.UTC(year, 0, 1)), to: today };
  }
}

export function nameOf(period: Period, today: string): PeriodName | null {
  return (
    periodNames.find((name) => {
      const each = periodOf(name, today);
      return each.from === period.from && each.to === period.to;
    }) ?? null
  );
}
