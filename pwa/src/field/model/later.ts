/**
 * 补记: the real times of a visit that is written down afterwards, in the county's own time zone. A day and two clock
 * times become two moments; what does not fit together is named, so that the page can say what to do.
 */
export interface LaterTimes {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

export type LaterProblem = 'missing' | 'order' | 'future' | 'old';
export type Later = { at: 'times'; inMs: number; outMs: number } | { at: 'problem'; problem: LaterProblem };

/** How far back a volunteer writes down herself; what is older is entered at the desk. */
export const LATER_DAYS = 60;

export function later(times: LaterTimes, nowMs: number, timeZone: string): Later {
  const inMs = momentOf(times.day, times.from, timeZone);
  const outMs = momentOf(times.day, times.to, timeZone);
  if (inMs === null || outMs === null) return { at: 'problem', problem: 'missing' };
  if (outMs <= inMs) return { at: 'problem', problem: 'order' };
  if (outMs > nowMs) return { at: 'problem', problem: 'future' };
  if (nowMs - inMs > LATER_DAYS * 86_400_000) return { at: 'problem', problem: 'old' };
  return { at: 'times', inMs, outMs };
}

/** A clock time on a day in a zone, as milliseconds since 1970; null when one of the two is not filled in. */
export function momentOf(day: string, time: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}/.test(time)) return null;
  const asUtc = Date.parse(`${day}T${time.slice(0, 5)}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const first = asUtc - offsetMs(asUtc, timeZone);
  return asUtc - offsetMs(first, timeZone); // again, for a day on which the clocks change
}

/** How far a zone's clocks are ahead of UTC at a moment. */
function offsetMs(ms: number, timeZone: string): number {
  const options = { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat('en', { ...options, ...clock }).formatToParts(ms);
  const at = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return shown - Math.floor(ms / 1000) * 1000;
}
