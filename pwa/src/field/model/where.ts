/** The line where the work is, from what is counted on this phone and what the exchange with the county is doing. */
import type { Left, Where } from '../../ui';
import type { Line } from './sent';

export interface Counts {
  readonly drafts: number;
  readonly waiting: number;
}

/** `files`: photos and recordings that are not with the county whole. */
export function whereOf(counts: Counts, files: Omit<Left, 'visits'>, line: Line): Where {
  if (line === 'offline') return { at: 'offline', visits: counts.waiting + counts.drafts };
  const left = { visits: counts.waiting, ...files };
  if (left.visits + left.photos + left.voices === 0) return { at: 'all' };
  return { at: line === 'sending' ? 'sending' : 'waiting', left };
}
