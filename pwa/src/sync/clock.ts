/**
 * When it happened, although the phone's clock may be a month off (S9). Twin of `sync/core/clock.py`, under the same
 * vectors.
 *
 * An event is corrected by the nearest anchor of its own app start, where only the monotonic distance counts, and is
 * then certain. Without one, the nearest anchor of another start lends its difference between wall and server; that may
 * be wrong (the clock may have been set in between), so the moment is uncertain. Order never depends on any of this.
 */
import type { Anchor, At } from './messages';

const TEXT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export interface Corrected {
  /** Since 1970, UTC. */
  readonly ms: number;
  /** An anchor of the same start was there. */
  readonly certain: boolean;
  /** What was added to the wall clock; null: nothing known, the wall clock as it is. */
  readonly offsetMs: number | null;
}

/** Milliseconds since 1970 of a `…Z` text with exactly three decimals. Throws RangeError. */
export function parse(text: string): number {
  const ms = TEXT.test(text) ? Date.parse(text) : NaN;
  // Engines differ on 30 February and on hour 24: what does not read back the same is no moment.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== text)
    throw new RangeError('a moment is written 2026-11-24T01:02:03.456Z');
  return ms;
}

/** The moment as it is written on the wire. */
export function text(ms: number): string {
  return new Date(ms).toISOString();
}

function nearest(anchors: readonly Anchor[], distance: (anchor: Anchor) => number): Anchor | undefined {
  let near: Anchor | undefined;
  let least = Infinity;
  for (const anchor of anchors) {
    const away = Math.abs(distance(anchor));
    if (away < least) [near, least] = [anchor, away];
  }
  return near;
}

/** The event by the server's clock. Of equally near anchors the first in the list is taken. */
export function correct(at: At, anchors: readonly Anchor[]): Corrected {
  const wall = parse(at.wall);
  const same = nearest(
    anchors.filter((anchor) => anchor.start === at.start),
    (anchor) => anchor.mono - at.mono,
  );
  if (same !== undefined) {
    const ms = parse(same.server) + at.mono - same.mono;
    return { ms, certain: true, offsetMs: ms - wall };
  }
  const other = nearest(anchors, (anchor) => parse(anchor.wall) - wall);
  if (other === undefined) return { ms: wall, certain: false, offsetMs: null };
  const offsetMs = parse(other.server) - parse(other.wall);
  return { ms: wall + offsetMs, certain: false, offsetMs };
}
