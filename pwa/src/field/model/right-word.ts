/**
 * The word at the right of a person's row, and the ring at its left. The row says one thing: what is open comes before
 * what is done, and a day without contact before the last contact.
 */
import type { Ring } from '../../ui';

/** How a person stands today; the store knows it from pairs, drafts and visits. */
export interface Stands {
  readonly state: 'overdue' | 'due' | 'draft' | 'waiting' | 'received' | 'done';
  readonly lastSeenOn: string | null;
  readonly lastSeenHow: string | null;
  /** whole days since the newest contact; null: never */
  readonly unseenDays: number | null;
  /** recorded today, and nobody was reached: it is still to be tried again */
  readonly triedToday: boolean;
}

export type RightWord =
  | { at: 'draft' }
  | { at: 'missed'; days: number | null }
  | { at: 'seen'; on: string; how: string | null }
  | { at: 'tried' }
  | { at: 'new' }
  | { at: 'waiting' }
  | { at: 'received' };

export function ringOf(stands: Stands): Ring {
  if (stands.state === 'draft') return 'draft';
  if (stands.triedToday) return stands.unseenDays !== null && stands.unseenDays > 1 ? 'overdue' : 'due';
  switch (stands.state) {
    case 'overdue':
    case 'due':
      return stands.state;
    case 'waiting':
    case 'received':
    case 'done':
      return 'done';
  }
}

export function rightWord(stands: Stands): RightWord {
  if (stands.state === 'draft') return { at: 'draft' };
  if (stands.triedToday) return { at: 'tried' };
  switch (stands.state) {
    case 'waiting':
    case 'received':
      return { at: stands.state };
    case 'overdue':
      return { at: 'missed', days: missedDays(stands) };
    case 'due':
    case 'done':
      if (stands.lastSeenOn === null) return { at: 'new' };
      return { at: 'seen', on: stands.lastSeenOn, how: stands.lastSeenHow };
  }
}

/** Days without contact up to yesterday; null: there was never one. */
export const missedDays = ({ unseenDays }: Stands): number | null =>
  unseenDays === null ? null : Math.max(1, unseenDays - 1);

/** Whether the person is still to be looked in on today. */
export const isOpen = (stands: Stands): boolean => ringOf(stands) !== 'done';
