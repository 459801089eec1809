import { describe, expect, it } from 'vitest';
import { FIRST, LEAST_BYTES } from './batch';
import { type Effect, type Event, MOST_FAILS, type Moment, QUIET_MS, START, type State, step } from './engine';

const NOW = 1_000_000;
const problem = { code: 'broken', title: '服务器出了问题', next: '' };
type Told = Event extends infer E ? (E extends Event ? Omit<E, keyof Moment> : never) : never;

/** Runs events from a state; the last step's effects. Chance is always one half. */
function after(state: State, ...events: (Told & Partial<Moment>)[]): [State, readonly Effect[]] {
  let effects: readonly Effect[] = [];
  for (const event of events) [state, effects] = step(state, { now: NOW, rand: 0.5, ...event });
  return [state, effects];
}

const woken = (by: 'user' | 'work' | 'line' | 'timer' = 'work'): Told => ({ type: 'woken', by });
const answered = (more = false, moved = true, sent = 1): Told => ({ type: 'answered', sent, more, moved });
const cut: Told = { type: 'cut', unplugged: false, retryAfterMs: null, problem: null };
const denied = (...sent: string[]): Told => ({ type: 'denied', sent, problem });
const does = (effects: readonly Effect[]): string[] => effects.map((effect) => effect.do);
const errand = (effects: readonly Effect[]): string =>
  effects
    .map((effect) => (effect.do === 'exchange' ? `${effect.errand.for} ${effect.errand.batch.ops}` : effect.do))
    .join();

describe('the engine', () => {
  it('exchanges when it is woken and rests a minute when all is well', () => {
    const [sent, first] = after(START, woken());
    expect(errand(first)).toBe('all 50');
    const [rested, then] = after(sent, answered());
    expect(then).toEqual([{ do: 'alarm', at: NOW + QUIET_MS }]);
    expect(rested).toMatchObject({ doing: { at: 'resting' }, line: { at: 'well' }, nextTryAt: NOW + QUIET_MS });
  });

  it('goes on while there is more', () => {
    expect(errand(after(START, woken(), answered(true))[1])).toBe('all 50');
  });

  it('does not go round and round when nothing moves', () => {
    const [state, effects] = after(START, woken(), answered(true, false, 0));
    expect(does(effects)).toEqual(['alarm']);
    expect(state.line).toMatchObject({ at: 'trouble', problem: { code: 'no_progress' } });
  });

  it('does one thing at a time, and once more when it was woken meanwhile', () => {
    const [busy, nothing] = after(START, woken(), woken('user'), woken());
    expect(nothing).toEqual([]);
    expect(errand(after(busy, answered())[1])).toBe('all 50');
  });

  it('[S10] waits longer after each cut, asks for less, and says that it is offline', () => {
    const [once, first] = after(START, woken(), cut);
    expect(first).toEqual([{ do: 'alarm', at: NOW + 1_000 }]);
    expect(once).toMatchObject({ line: { at: 'offline' }, batch: { bytes: FIRST.bytes / 2, ops: 50 } });
    expect(after(once, woken('timer'), cut)[1]).toEqual([{ do: 'alarm', at: NOW + 2_000 }]);
    let state = once;
    for (let i = 0; i < 9; i++) [state] = after(state, woken('timer'), cut);
    expect(state.batch.bytes).toBe(LEAST_BYTES);
    expect(after(state, woken('line'), answered())[0]).toMatchObject({ tries: 0, line: { at: 'well' } });
  });

  it('[S10] does not blame the size when the phone itself has no network', () => {
    expect(after(START, woken(), { ...cut, unplugged: true })[0].batch).toEqual(FIRST);
  });

  it('[S10] obeys Retry-After, but she may send now', () => {
    const [state, effects] = after(START, woken(), { ...cut, retryAfterMs: 120_000 });
    expect(effects).toEqual([{ do: 'alarm', at: NOW + 120_000 }]);
    for (const by of ['work', 'line', 'timer'] as const) expect(does(after(state, woken(by))[1])).toEqual(['alarm']);
    expect(errand(after(state, woken('user'))[1])).toBe('all 50');
    expect(errand(after(state, { ...woken('timer'), now: NOW + 120_000 })[1])).toBe('all 50');
  });

  it('[S10] what breaks had begun before the network came back: it is tried at once, once', () => {
    const [busy] = after(START, woken(), cut, woken('timer'), woken('line'));
    const [trying, effects] = after(busy, cut);
    expect([errand(effects), trying.batch]).toEqual(['all 50', busy.batch]);
    expect(does(after(trying, cut)[1])).toEqual(['alarm']);
    expect(does(after(busy, { ...cut, retryAfterMs: 9_000 })[1])).toEqual(['alarm']);
  });

  it('[S10] asks once, however often it is told that the network is back', () => {
    const [done, effects] = after(START, woken('line'), woken('line'), answered());
    expect(does(effects)).toEqual(['alarm']);
    expect(does(after(done, woken('timer'), cut)[1])).toEqual(['alarm']);
  });

  it('a new visit does not wait for the backoff to end', () => {
    expect(errand(after(START, woken(), cut, woken('work'))[1])).toBe('all 50');
  });
});

describe('a batch that the county will not take', () => {
  const many = Array.from({ length: 50 }, (_, i) => `op${i}`);

  it('[S3] is halved until the one that it stumbles over stands alone', () => {
    const sizes: string[] = [];
    let [state, effects] = after(START, woken());
    for (const count of [50, 25, 12, 6, 3]) {
      [state, effects] = after(state, denied(...many.slice(0, count)));
      sizes.push(errand(effects));
    }
    expect(sizes).toEqual(['all 25', 'all 12', 'all 6', 'all 3', 'all 1']);
  });

  it('[S3] a single one is suspected only when an exchange without it is taken', () => {
    const [probing, effects] = after(START, woken(), denied('op0'));
    expect(errand(effects)).toBe('probe 1');
    expect(after(probing, answered(true))[1]).toEqual([{ do: 'count', op: 'op0' }]);
    const [innocent, none] = after(probing, denied());
    expect(does(none)).toEqual(['alarm']);
    expect(innocent.line).toEqual({ at: 'trouble', problem });
    expect(does(after(probing, cut)[1])).toEqual(['alarm']);
  });

  it('[S3] the third time its raw bytes are handed in, and the queue moves on', () => {
    const [counting] = after(START, woken(), denied('op0'), answered());
    for (let fails = 1; fails < MOST_FAILS; fails++) {
      const [again, wait] = after(counting, { type: 'counted', fails });
      expect(does(wait)).toEqual(['alarm']);
      expect(errand(after(again, woken('timer'))[1])).toBe('all 1');
    }
    const [handing, effects] = after(counting, { type: 'counted', fails: MOST_FAILS });
    expect(effects).toEqual([{ do: 'hand_in', op: 'op0' }]);
    const [moving, next] = after(handing, { type: 'handed_in' });
    expect(errand(next)).toBe('all 1');
    expect(errand(after(moving, answered(true))[1])).toBe('all 2');
  });

  it('[S3] a dead link or a busy server never counts', () => {
    let [state, effects] = after(START, woken());
    for (let i = 0; i < 50; i++) {
      [state, effects] = after(state, { ...cut, problem: i % 2 ? problem : null });
      expect(does(effects)).toEqual(['alarm']);
      [state] = after(state, woken('timer'));
    }
    expect(state.batch.ops).toBe(50);
  });

  it('a hand-in that fails is tried again later', () => {
    const [handing] = after(START, woken(), denied('op0'), answered(), { type: 'counted', fails: MOST_FAILS });
    for (const failure of [cut, denied()]) expect(does(after(handing, failure)[1])).toEqual(['alarm']);
  });
});

describe('originals of photos', () => {
  const asked: Told = { type: 'answered', sent: 0, more: false, moved: true, photos: true };

  it('[S8] go beside the previews that are left, which go alone where no original may', () => {
    const small = { ...asked, previews: true };
    expect(does(after(START, woken(), small)[1])).toEqual(['upload']);
    expect(does(after(START, woken(), { ...small, photos: false })[1])).toEqual(['exchange']);
    expect(does(after(START, woken(), { ...small, moved: false })[1])).toEqual(['alarm']);
  });

  it('[S8] go when an exchange has nothing more to do, and not before', () => {
    expect(does(after(START, woken(), { ...asked, more: true })[1])).toEqual(['exchange']);
    expect(does(after(START, woken(), woken(), asked)[1])).toEqual(['exchange']);
    const [state, effects] = after(START, woken(), asked);
    expect(does(effects)).toEqual(['upload']);
    expect(state).toMatchObject({ doing: { at: 'uploading' }, nextTryAt: null });
  });

  it('[S8] give way to what she has written meanwhile, and to whatever they gave way for', () => {
    expect(does(after(START, woken(), asked, woken(), { type: 'uploaded', again: false })[1])).toEqual(['exchange']);
    expect(does(after(START, woken(), asked, { type: 'uploaded', again: true })[1])).toEqual(['exchange']);
    const rest = after(START, woken(), asked, { type: 'uploaded', again: false })[1];
    expect(rest).toEqual([{ do: 'alarm', at: NOW + QUIET_MS }]);
  });

  it('[S10] are tried again when a busy county asks for it, and not a minute later', () => {
    const told = { type: 'uploaded', again: false } as const;
    const at = (notBefore: number) => after(START, woken(), asked, { ...told, notBefore })[1];
    expect(at(NOW + 1_000)).toEqual([{ do: 'alarm', at: NOW + 1_000 }]);
    expect(at(NOW + 900_000)).toEqual([{ do: 'alarm', at: NOW + QUIET_MS }]);
  });

  it('a line that breaks under a piece is waited for; the exchange’s size is not to blame', () => {
    const [state, effects] = after(START, woken(), asked, { ...cut, unplugged: true });
    expect(does(effects)).toEqual(['alarm']);
    expect(state).toMatchObject({ line: { at: 'offline' } });
    expect(state.batch.bytes).toBeGreaterThanOrEqual(FIRST.bytes);
    expect(errand(after(state, woken('timer'))[1])).toBe('all 50');
  });

  it('[S5] of a revoked phone go too: its visits were kept for the desk', () => {
    expect(does(after(START, woken(), { ...asked, revoked: problem })[1])).toEqual(['upload']);
  });
});

describe('what is not about ops', () => {
  it('a signature that is not taken stops nothing and deletes nothing: it is tried again, seldom', () => {
    const [state, effects] = after(START, woken(), { type: 'barred', problem });
    expect(effects).toEqual([{ do: 'alarm', at: NOW + 300_000 }]);
    expect(state).toMatchObject({ doing: { at: 'resting' }, line: { at: 'trouble', problem }, batch: FIRST });
    expect(errand(after(state, woken('work'))[1])).toBe('all 50');
  });

  it('[S5] a revoked phone goes on sending, asks seldom, and says so', () => {
    const revoked: Told = { type: 'answered', sent: 1, more: true, moved: true, revoked: problem };
    const [sending, next] = after(START, woken(), revoked);
    expect(errand(next)).toBe('all 50');
    const [state, effects] = after(sending, { ...revoked, sent: 1, more: false });
    expect(effects).toEqual([{ do: 'alarm', at: NOW + 300_000 }]);
    expect(state.line).toEqual({ at: 'trouble', problem });
    expect(errand(after(state, woken('work'))[1])).toBe('all 50');
    expect(after(state, woken('timer'), answered())[0].line).toEqual({ at: 'well' });
  });

  it('another tab that took over is left to it', () => {
    expect(does(after(START, woken(), { type: 'overtaken' })[1])).toEqual(['alarm']);
  });

  it('a store that fails is told, and tried again', () => {
    const [state, effects] = after(START, woken(), {
      type: 'failed',
      problem: { code: 'store_quota', title: '', next: '' },
    });
    expect(does(effects)).toEqual(['alarm']);
    expect(state.line).toMatchObject({ at: 'trouble', problem: { code: 'store_quota' } });
  });
});
