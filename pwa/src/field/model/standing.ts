/**
 * Who comes first today. A pair is looked in on every day, the longest unseen first; whoever was reached today stands
 * below, with a tick. Every contact counts at once, before any exchange: what this phone recorded (`contacts`) and what
 * the county says (`lastSeenOn`) are one history, the newer of the two is believed.
 */
import type { Ring } from '../../ui';
import { daysBetween } from '../../i18n';
import { addDays, latest } from './days';
import { reached } from './how';

export interface Contact {
  day: string;
  /** the door's answer; null: a visit was recorded, its answer is not on this phone */
  how: string | null;
}

export interface PairKnown {
  beganOn: string;
  lastSeenOn: string | null;
  lastSeenHow: string | null;
}

export interface Known extends PairKnown {
  contacts: readonly Contact[];
  draft: boolean;
}

/** The word at the right of a row. */
export type RightWord =
  | { at: 'draft' }
  | { at: 'seen'; on: string; how: string | null }
  | { at: 'tried'; how: string }
  | { at: 'missed'; days: number }
  | { at: 'new' };

export interface Standing {
  ring: Ring;
  word: RightWord;
  lastSeenOn: string | null;
  /** days without contact up to yesterday */
  missed: number;
  done: boolean;
}

export function standing(known: Known, today: string): Standing {
  const seen = newestSeen(known);
  const lastSeenOn = seen?.day ?? null;
  const done = lastSeenOn === today;
  const missed = done ? 0 : Math.max(0, daysBetween(lastSeenOn ?? addDays(known.beganOn, -1), today) - 1);
  const at = { lastSeenOn, missed, done };
  if (known.draft) return { ...at, ring: 'draft', word: { at: 'draft' } };
  if (seen !== null && missed === 0) return { ...at, ring: done ? 'done' : 'due', word: wordOf(known, seen, today) };
  if (missed > 0) return { ...at, ring: 'overdue', word: triedToday(known, today) ?? { at: 'missed', days: missed } };
  return { ...at, ring: 'due', word: triedToday(known, today) ?? { at: 'new' } };
}

function wordOf(known: Known, seen: Contact, today: string): RightWord {
  const tried = seen.day === today ? null : triedToday(known, today);
  return tried ?? { at: 'seen', on: seen.day, how: seen.how };
}

function triedToday(known: Known, today: string): RightWord | null {
  const tried = known.contacts.findLast((contact) => contact.day === today && reached(contact.how) === false);
  return tried?.how == null ? null : { at: 'tried', how: tried.how };
}

function newestSeen(known: Known): Contact | null {
  const own = known.contacts.filter((contact) => reached(contact.how) === true);
  const day = latest([known.lastSeenOn, ...own.map((contact) => contact.day)]);
  if (day === null) return null;
  const mine = own.findLast((contact) => contact.day === day);
  return mine ?? { day, how: known.lastSeenHow };
}

/** Longest unseen first; of two alike the one with a draft; whoever was reached today comes last. */
export function byNeed<T extends { standing: Standing; name: string }>(a: T, b: T): number {
  const first = (row: T) => Number(row.standing.done) - (row.standing.done ? 0 : row.standing.missed);
  const draft = (row: T) => (row.standing.ring === 'draft' ? 0 : 1);
  const seen = (row: T) => row.standing.lastSeenOn ?? '';
  return (
    first(a) - first(b) ||
    (seen(a) < seen(b) ? -1 : seen(a) > seen(b) ? 1 : 0) ||
    draft(a) - draft(b) ||
    a.name.localeCompare(b.name, 'zh')
  );
}
