/**
 * The last seven days of a person as circles, from what this phone knows. A day after the newest contact was certainly
 * without one; a day before it may have been somebody else's, so it is "not known here" and never called missed.
 */
import { lastSeven } from './days';

export type DayLook = 'seen' | 'tried' | 'recorded' | 'missed' | 'unknown' | 'before' | 'today';

export interface DayCircle {
  day: string;
  look: DayLook;
}

export interface Known {
  beganOn: string | null;
  /** the newest contact by anybody, this phone's own unsent visits included */
  lastSeenOn: string | null;
  /** `reached` null: recorded, but its answer is not on this phone */
  visits: readonly { readonly day: string; readonly reached: boolean | null }[];
}

export function weekOf(known: Known, today: string): DayCircle[] {
  return lastSeven(today).map((day) => ({ day, look: lookOf(day, today, known) }));
}

function lookOf(day: string, today: string, known: Known): DayLook {
  const there = known.visits.filter((visit) => visit.day === day).map((visit) => visit.reached);
  if (there.includes(true) || day === known.lastSeenOn) return 'seen';
  if (there.includes(false)) return 'tried';
  const sinceThen = known.lastSeenOn === null || day > known.lastSeenOn;
  if (there.length > 0) return sinceThen ? 'tried' : 'recorded'; // after the newest contact nobody was reached
  if (day === today) return 'today';
  if (known.beganOn === null || day < known.beganOn) return known.beganOn === null ? 'unknown' : 'before';
  return sinceThen ? 'missed' : 'unknown';
}
