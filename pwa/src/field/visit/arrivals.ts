/**
 * The tap that opens a person's page is the check-in. It is kept until a visit is made of it or she goes away: in
 * memory with its search for a position, and (the ids and the moment only) in the tab's own storage, so that a tab
 * which the phone killed at the door comes back with the same check-in.
 */
import type { At } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { findPosition, notKept, type Search } from '../position';

export interface Arrival {
  readonly at: At;
  readonly search: Search;
}

const KEPT = 'lx.arrival';
/** After this long away a kept tap is no check-in any more. */
const KEEP_MS = 30 * 60_000;

const current = new Map<string, Arrival>();

/** The check-in at this person: the one that is there, or a new one with this moment. `locates`: a position is kept. */
export function arrive(person: string, locates = true): Arrival {
  const here = current.get(person);
  if (here !== undefined) return here;
  leave();
  return begin(person, kept(person) ?? moment(), locates);
}

/** She has only just come: the tap before was too early. */
export function arriveAgain(person: string, locates = true): Arrival {
  leave();
  return begin(person, moment(), locates);
}

/** She went away without recording anything. */
export function leave(): void {
  for (const { search } of current.values()) search.stop();
  forget();
}

/** A visit was made of it: the search goes on for the visit. */
export function take(person: string, locates = true): Arrival {
  const here = arrive(person, locates);
  forget();
  return here;
}

function forget(): void {
  current.clear();
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // storage is closed to us: then nothing was kept either
  }
}

function begin(person: string, at: At, locates: boolean): Arrival {
  const arrival = { at, search: locates ? findPosition(Date.parse(at.wall)) : notKept() };
  current.set(person, arrival);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ person, at }));
  } catch {
    // it lives as long as the page
  }
  return arrival;
}

function kept(person: string): At | null {
  try {
    const text = sessionStorage.getItem(KEPT);
    const value = text === null ? null : (JSON.parse(text) as { person?: string; at?: At });
    if (value?.person !== person || value.at === undefined) return null;
    return Date.now() - Date.parse(value.at.wall) < KEEP_MS ? value.at : null;
  } catch {
    return null;
  }
}
