/**
 * The one door to the device's clocks. A start is one life of a page (or worker): its monotonic clock only runs, and
 * begins anew with the next start, so a moment says all three (S9).
 */
import { text } from './clock';
import { newId } from './ids';
import type { At } from './messages';

const start = newId();

/** Now, as the device sees it: for a check-in the moment of the tap. */
export function moment(): At {
  return { wall: text(Date.now()), mono: Math.round(performance.now()), start };
}
