import { describe, expect, it } from 'vitest';
import { advance, NOTHING_DONE, type Seen, turn } from './steps';

const QUIET: Seen = { cut: false, saved: false, received: 0, approved: 0 };

const after = (...seen: Partial<Seen>[]) =>
  seen.reduce((done, one) => advance(done, { ...QUIET, ...one }), NOTHING_DONE);

describe('the four lines of the demo', () => {
  it('begin with cutting the network', () => {
    expect(turn(after({}))).toBe('cut');
  });

  it('tick one after the other as somebody goes through them', () => {
    expect(turn(after({ cut: true }))).toBe('visit');
    expect(turn(after({ cut: true }, { cut: true, saved: true }))).toBe('restore');
    expect(turn(after({ cut: true }, { cut: true, saved: true }, { received: 1 }))).toBe('approve');
    expect(turn(after({ cut: true }, { cut: true, saved: true }, { received: 1 }, { received: 1, approved: 1 }))).toBe(
      null,
    );
  });

  it('stay ticked when the network is cut once more', () => {
    const done = after({ cut: true }, { cut: true, saved: true }, { received: 1 }, { cut: true, received: 1 });
    expect(done).toEqual({ cut: true, visit: true, restore: true, approve: false });
  });

  it('do not say that the network came back while it is still cut', () => {
    expect(after({ cut: true, received: 1 }).restore).toBe(false);
  });
});
