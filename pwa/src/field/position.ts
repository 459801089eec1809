/**
 * Where the phone was at a check-in or check-out. Asked in the background for up to a minute from the tap; nothing
 * waits for it. The last fix stands with its age and accuracy; without one, a coded reason says why, so that a missing
 * position is never a silent one.
 */
import type { NoPosition, Position } from '../sync/messages';

export const PATIENCE_MS = 60_000;
/** A fix this good ends the search; a worse one is kept while a better one is waited for. */
export const GOOD_M = 30;

export type Found = Fix | { readonly reason: NoPosition };

interface Fix {
  readonly position: Position;
  /** when the receiver had it, by the wall clock; left out: at the tap */
  readonly takenMs?: number;
}

export interface Search {
  /** Settles once: with a good fix, or with the best there is when the patience ends. Never rejects. */
  readonly found: Promise<Found>;
  /** The best fix so far, else why there is none yet: for whoever must write down something now. */
  now(): Found;
  stop(): void;
}

const DENIED = 1; // GeolocationPositionError.PERMISSION_DENIED
const UNAVAILABLE = 2;

/** `tapMs` is the moment (by the wall clock) that the position is meant for. */
export function findPosition(
  tapMs: number,
  geolocation = typeof navigator === 'undefined' ? undefined : navigator.geolocation,
): Search {
  let best: Fix | null = null;
  let reason: NoPosition = geolocation === undefined ? 'old_phone' : 'timed_out';
  let settle!: (found: Found) => void;
  const found = new Promise<Found>((resolve) => {
    settle = resolve;
  });
  const now = (): Found => best ?? { reason };
  if (geolocation === undefined) {
    settle(now());
    return { found, now, stop: () => undefined };
  }

  let watch: number | null = null;
  const stop = () => {
    clearTimeout(timer);
    if (watch !== null) geolocation.clearWatch(watch);
    watch = null;
    settle(now());
  };
  const timer = setTimeout(stop, PATIENCE_MS);
  watch = geolocation.watchPosition(
    (fix) => {
      const position = asPosition(fix, tapMs);
      if (best === null || position.accuracy_m <= best.position.accuracy_m) best = { position, takenMs: fix.timestamp };
      if (position.accuracy_m <= GOOD_M) stop();
    },
    (error) => {
      if (error.code === UNAVAILABLE) reason = 'no_fix'; // it may still come: indoors one waits for a window
      if (error.code === DENIED) {
        reason = 'permission_off';
        stop();
      }
    },
    { enableHighAccuracy: true, maximumAge: 30_000, timeout: PATIENCE_MS },
  );
  return { found, now, stop };
}

/** Where a programme keeps no position nothing is looked for, and that is why there is none. */
export const notKept = (): Search => {
  const none: Found = { reason: 'not_kept' };
  return { found: Promise.resolve(none), now: () => none, stop: () => undefined };
};

/** Integers only: degrees × 10⁷, whole metres. The age is that of the fix against the tap, never negative. */
export function asPosition(fix: GeolocationPosition, tapMs: number): Position {
  return {
    lat: Math.round(fix.coords.latitude * 1e7),
    lon: Math.round(fix.coords.longitude * 1e7),
    accuracy_m: Math.max(0, Math.round(fix.coords.accuracy)),
    age_ms: Math.abs(Math.round(fix.timestamp - tapMs)),
  };
}

const FRESH_MS = 2 * 60_000;
const USABLE_MS = 10 * 60_000;

/** Where she is while she fills the form: looked up again now and then, so that the last tap has a position at once. */
export interface Whereabouts {
  /** She does something: a good moment to look, if the last look is old. */
  look(): void;
  at(tapMs: number): Found;
  stop(): void;
}

export function whereabouts(search: (tapMs: number) => Search = findPosition): Whereabouts {
  let running: Search | null = null;
  let lookedMs = 0;
  let last: Found = { reason: 'timed_out' };
  const keep = (found: Found) => {
    if ('position' in found || !('position' in last)) last = found;
  };
  return {
    look() {
      const now = Date.now();
      if (running !== null || now - lookedMs < FRESH_MS) return;
      lookedMs = now;
      const mine = search(now);
      running = mine;
      void mine.found.then((found) => {
        keep(found);
        if (running === mine) running = null;
      });
    },
    at(tapMs) {
      if (running !== null) keep(running.now());
      if (!('position' in last)) return last;
      const age = Math.abs(Math.round(tapMs - (last.takenMs ?? tapMs)));
      return age > USABLE_MS ? { reason: 'timed_out' } : { position: { ...last.position, age_ms: age } };
    },
    stop: () => running?.stop(),
  };
}
