/**
 * The last seven days of a person as circles, from what this phone knows. A day after the newest contact was certainly
 * without one; a day before it may have been somebody else's, so it is "not known here" and never called missed.
 */
import { lastSeven } from './days';
import { reached } from './how';
import type { Known } from './standing';
import { standing } from './standing';

export type DayLook = 'seen' | 'tried' | 'recorded' | 'missed' | 'unknown' | 'before' | 'today';

export interface DayCircle {
  day: string;
  look: DayLook;
}

export function weekOf(known: Known, today: string): DayCircle[] {
  const { lastSeenOn } = standing(known, today);
  return lastSeven(today).map((day) => ({ day, look: lookOf(day, today, known, lastSeenOn) }));
}

function lookOf(day: string, today: string, known: Known, lastSeenOn: string | null): DayLook {
  const there = known.contacts.filter((contact) => contact.day === day).map((contact) => reached(contact.how));
  if (there.includes(true) || day === lastSeenOn) return 'seen';
  if (there.includes(false)) return 'tried';
  if (there.length > 0) return 'recorded';
  if (day === today) return 'today';
  if (day < known.beganOn) return 'before';
  return lastSeenOn === null || day > lastSeenOn ? 'missed' : 'unknown';
}
