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
}

export type RightWord =
  | { at: 'draft' }
  | { at: 'missed'; days: number | null }
  | { at: 'seen'; on: string; how: string | null }
  | { at: 'new' }
  | { at: 'waiting' }
  | { at: 'received' };

export function ringOf(stands: Stands): Ring {
  switch (stands.state) {
    case 'overdue':
    case 'due':
    case 'draft':
      return stands.state;
    case 'waiting':
    case 'received':
    case 'done':
      return 'done';
  }
}

export function rightWord(stands: Stands): RightWord {
  switch (stands.state) {
    case 'draft':
    case 'waiting':
    case 'received':
      return { at: stands.state };
    case 'overdue':
      return { at: 'missed', days: stands.unseenDays === null ? null : Math.max(1, stands.unseenDays - 1) };
    case 'due':
    case 'done':
      if (stands.lastSeenOn === null) return { at: 'new' };
      return { at: 'seen', on: stands.lastSeenOn, how: stands.lastSeenHow };
  }
}

/** Whether the person is still to be looked in on today. */
export const isOpen = (stands: Stands): boolean => ringOf(stands) !== 'done';
