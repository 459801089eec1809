/**
 * Where the phone was at a check-in or check-out. Asked in the background for up to a minute from the tap; nothing
 * waits for it. The last fix stands with its age and accuracy; without one, a coded reason says why, so that a missing
 * position is never a silent one.
 */
import type { NoPosition, Position } from '../sync/messages';

export const PATIENCE_MS = 60_000;
/** A fix this good ends the search; a worse one is kept while a better one is waited for. */
export const GOOD_M = 30;

export type Found = { readonly position: Position } | { readonly reason: NoPosition };

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
  let best: Position | null = null;
  let reason: NoPosition = geolocation === undefined ? 'old_phone' : 'timed_out';
  let settle!: (found: Found) => void;
  const found = new Promise<Found>((resolve) => {
    settle = resolve;
  });
  const now = (): Found => (best === null ? { reason } : { position: best });
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
      const next = asPosition(fix, tapMs);
      if (best === null || next.accuracy_m <= best.accuracy_m) best = next;
      if (next.accuracy_m <= GOOD_M) stop();
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

/** Integers only: degrees × 10⁷, whole metres. The age is that of the fix against the tap, never negative. */
export function asPosition(fix: GeolocationPosition, tapMs: number): Position {
  return {
    lat: Math.round(fix.coords.latitude * 1e7),
    lon: Math.round(fix.coords.longitude * 1e7),
    accuracy_m: Math.max(0, Math.round(fix.coords.accuracy)),
    age_ms: Math.abs(Math.round(fix.timestamp - tapMs)),
  };
}
