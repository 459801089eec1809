/** The moment that a photo's own notes name. A camera that keeps no zone is taken to stand in the county. */
import { momentOf } from '../model/later';
import type { TakenAt } from './exif';

/** ISO with milliseconds, null when there is no such moment. */
export function saidAt(taken: TakenAt | null, timeZone: string): string | null {
  if (taken === null) return null;
  if (taken.offset !== null) return iso(Date.parse(`${taken.day}T${taken.time}${taken.offset}`));
  const minute = momentOf(taken.day, taken.time, timeZone);
  return minute === null ? null : iso(minute + Number(taken.time.slice(6, 8)) * 1000);
}

const iso = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString());
