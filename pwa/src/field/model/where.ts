/** The line where the work is, from what is counted on this phone and what the exchange with the county is doing. */
import type { Where } from '../../ui';
import type { Line } from './sent';

export interface Counts {
  readonly drafts: number;
  readonly waiting: number;
}

export function whereOf(counts: Counts, line: Line): Where {
  if (line === 'offline') return { at: 'offline', visits: counts.waiting + counts.drafts };
  if (counts.waiting === 0) return { at: 'all' };
  return { at: line === 'sending' ? 'sending' : 'waiting', visits: counts.waiting };
}
