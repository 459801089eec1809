/** The engine under the vectors that the reference client's engine runs too (tests/protocol/test_client_engine.py). */
import { describe, expect, test } from 'vitest';
import { backoffMs, retryAfterMs } from './backoff';
import { type Effect, type Event, type Line, type Moment, START, type State, step } from './engine';
import { vectors } from './testing/vectors';

const MOMENT: Moment = { now: 1_000_000, rand: 0.5 };
const problem = (code: string): { code: string; title: string; next: string } => ({ code, title: '', next: '' });

interface Said {
  readonly type: Event['type'];
  readonly by?: 'user' | 'work' | 'line' | 'timer';
  readonly sent?: number | readonly string[];
  readonly more?: boolean;
  readonly moved?: boolean;
  readonly photos?: boolean;
  readonly revoked?: boolean;
  readonly unplugged?: boolean;
  readonly retry_after_ms?: number;
  readonly problem?: string;
  readonly fails?: number;
  readonly again?: boolean;
  readonly then: readonly string[];
}

interface Ends {
  readonly at: string;
  readonly line: string;
  readonly tries: number;
  readonly bytes: number;
  readonly ops: number;
}

function event(said: Said): Event {
  const { type, by = 'work', sent, more = false, moved = false, photos = false, again = false, fails = 0 } = said;
  switch (type) {
    case 'woken':
      return { ...MOMENT, type, by };
    case 'answered': {
      const revoked = said.revoked === true ? { revoked: problem('device_revoked') } : {};
      return { ...MOMENT, type, sent: Number(sent), more, moved, photos, ...revoked };
    }
    case 'cut': {
      const { unplugged = false, retry_after_ms: retryAfterMs = null, problem: code } = said;
      return { ...MOMENT, type, unplugged, retryAfterMs, problem: code === undefined ? null : problem(code) };
    }
    case 'denied':
      return { ...MOMENT, type, sent: Array.isArray(sent) ? sent : [], problem: problem('broken') };
    case 'barred':
      return { ...MOMENT, type, problem: problem('broken') };
    case 'counted':
      return { ...MOMENT, type, fails };
    case 'uploaded':
      return { ...MOMENT, type, again };
    case 'failed':
      return { ...MOMENT, type, problem: problem('broken') };
    case 'handed_in':
    case 'overtaken':
      return { ...MOMENT, type };
  }
}

function spelled(effect: Effect): string {
  switch (effect.do) {
    case 'exchange': {
      const { bytes, ops } = effect.errand.batch;
      return effect.errand.for === 'probe' ? 'exchange probe' : `exchange all ${bytes}/${ops}`;
    }
    case 'alarm':
      return `alarm +${effect.at - MOMENT.now}`;
    case 'count':
    case 'hand_in':
      return `${effect.do} ${effect.op}`;
    case 'upload':
      return 'upload';
  }
}

const told = (line: Line): string => (line.at === 'trouble' ? `trouble ${line.problem.code}` : line.at);

const ends = ({ doing, line, tries, batch }: State): Ends => ({ at: doing.at, line: told(line), tries, ...batch });

describe('what the phone does next', () => {
  test.each(vectors<{ events: Said[]; ends: Ends }>('engine', 'stories'))('%s', (_, { events, ends: then }) => {
    let state = START;
    for (const said of events) {
      const [next, effects] = step(state, event(said));
      state = next;
      expect(effects.map(spelled)).toEqual(said.then);
    }
    expect(ends(state)).toEqual(then);
  });

  test.each(vectors<{ tries: number; rand: number; ms: number }>('engine', 'waits'))('%s', (_, v) => {
    expect(backoffMs(v.tries, v.rand)).toBe(v.ms);
  });

  test.each(vectors<{ header: string; ms: number | null }>('engine', 'retry_after'))('%s', (_, v) => {
    expect(retryAfterMs(v.header, Date.parse('2026-11-24T01:00:00.000Z'))).toBe(v.ms);
  });
});
