/**
 * How long to wait after a failure: full jitter, so that a county's phones do not come back in one wave when its server
 * returns. A server that names a time is obeyed, up to a quarter of an hour (S10).
 */

const FIRST_MS = 2_000;
const MOST_MS = 5 * 60_000;
export const MOST_OBEYED_MS = 15 * 60_000;

/** `tries`: failures in a row, from 1. `rand`: in [0, 1). */
export function backoffMs(tries: number, rand: number): number {
  const window = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 30));
  return Math.round(window * rand);
}

/** A wait that the server asked for, in ms; null: it named none that can be read. Seconds or an HTTP date. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(MOST_OBEYED_MS, Math.max(0, ms));
}
