/**
 * Where a record is, in the five states that she knows, and the reason beside it. What the county still has to work on
 * is 县里已收到 with that line below: it is never her fault and she need not do anything.
 */
import type { State } from '../../ui';

/** Of the wire's and the store's visit, what this page reads. */
export interface SentVisit {
  readonly state: 'draft' | 'waiting' | 'received' | 'returned' | 'approved' | 'withdrawn';
  readonly handling: boolean;
  /** taken back, and not yet with the county or too late */
  readonly withdrawal?: 'waiting' | 'refused' | null;
  readonly changed?: string;
  readonly received: string | null;
  readonly decisions: readonly {
    readonly kind: string;
    readonly at: string;
    readonly by: string;
    readonly words: string | null;
  }[];
}

export type Line = 'idle' | 'sending' | 'offline' | 'trouble';

export type Reason =
  | { at: 'draft'; changed: string | null }
  | { at: 'waiting' }
  | { at: 'offline' }
  | { at: 'sending' }
  | { at: 'received'; when: string | null }
  | { at: 'handling' }
  | { at: 'withdrawn'; waits: boolean }
  | { at: 'too-late' }
  | { at: 'passed'; by: string | null }
  | { at: 'returned'; by: string | null; words: string | null };

export function chipOf(
  visit: Pick<SentVisit, 'state' | 'withdrawal'>,
): Extract<State, 'draft' | 'waiting' | 'received' | 'returned' | 'passed' | 'withdrawn'> {
  if (visit.withdrawal === 'waiting') return 'withdrawn';
  return visit.state === 'approved' ? 'passed' : visit.state;
}

export function reasonOf(visit: SentVisit, line: Line): Reason {
  if (visit.withdrawal === 'waiting') return { at: 'withdrawn', waits: true };
  switch (visit.state) {
    case 'withdrawn':
      return { at: 'withdrawn', waits: false };
    case 'draft':
      return { at: 'draft', changed: visit.changed ?? null };
    case 'waiting':
      if (line === 'sending') return { at: 'sending' };
      return { at: line === 'offline' ? 'offline' : 'waiting' };
    case 'received':
      if (visit.withdrawal === 'refused') return { at: 'too-late' };
      return visit.handling ? { at: 'handling' } : { at: 'received', when: visit.received };
    case 'approved':
      return { at: 'passed', by: decided(visit, 'approve')?.by ?? null };
    case 'returned': {
      const asked = decided(visit, 'return');
      return { at: 'returned', by: asked?.by ?? null, words: asked?.words ?? null };
    }
  }
}

/** The newest decision of a kind. */
function decided(visit: SentVisit, kind: string): SentVisit['decisions'][number] | undefined {
  return visit.decisions.filter((each) => each.kind === kind).sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}
