import { describe, expect, it } from 'vitest';
import {
  type Deed,
  FIRST_PIECE,
  IDLE,
  LEAST_PIECE,
  MOST_PIECE,
  type Original,
  type Piece,
  type Told,
  type Uploading,
  begin,
  heard,
  hurried,
  joined,
  nextPiece,
  refreshed,
  space,
} from './photos';

const NOW = 1_000_000;
const MOMENT = { now: NOW, rand: 0.5 };
const MB = 1024 * 1024;
const HALF = FIRST_PIECE / 2;
const original = (sha256: string, bytes = 4 * MB, offset = 0): Original => ({
  sha256,
  type: 'image/jpeg',
  bytes,
  offset,
});
const kept = (offset: number, ms = 500): Told => ({ got: 'kept', offset, ms });
const problem = { code: 'x', title: '', next: '' };

/** All that go beside those that are under way, when nothing is waited for. */
function pieces(state: Uploading, underWay: readonly string[] = []): Piece[] {
  const piece = nextPiece(state, underWay);
  return piece === null ? [] : [piece, ...pieces(state, [...underWay, piece.sha256])];
}

/** Tells what became of the first piece that goes. */
function tell(state: Uploading, told: Told | ((piece: Piece) => Told), now = NOW): [Uploading, Deed | null] {
  const [piece] = pieces(state);
  if (piece === undefined) throw new Error('nothing goes');
  return [...heard(state, piece, typeof told === 'function' ? told(piece) : told, { now, rand: 0.5 })];
}

/** So many pieces took so long. */
const knowing = (state: Uploading, ms: number, pieces = 1, bytes = FIRST_PIECE): Uploading => ({
  ...state,
  times: [...state.times, ...Array.from({ length: pieces }, () => ({ bytes, ms }))].slice(-8),
});
const arrived = ({ end }: Piece): Told => kept(end);
const sizes = (state: Uploading): number[] => pieces(state).map(({ first, end }) => end - first);

describe('the pieces of a photo', () => {
  it('[S7] go three originals at a time, from where the county has each, two where an answer takes long', () => {
    const four = [original('a'), original('b', 4 * MB, 5_000), original('c'), original('d')];
    const state = begin(IDLE, four, NOW);
    expect(pieces({ ...state, wait: 2_000 }).map(({ sha256 }) => sha256)).toEqual(['a', 'b']);
    expect(pieces(state)).toMatchObject([
      { sha256: 'a', type: 'image/jpeg', first: 0, total: 4 * MB, limit: FIRST_PIECE },
      { sha256: 'b', first: 5_000 },
      { sha256: 'c', first: 0 },
    ]);
  });

  it('[S7] one goes as soon as another is through, and none twice at once', () => {
    const state = begin(IDLE, [original('a'), original('b'), original('c'), original('d')], NOW);
    expect(pieces(state, ['a', 'b']).map(({ sha256 }) => sha256)).toEqual(['c']);
    expect(pieces(state, ['b', 'd']).map(({ sha256 }) => sha256)).toEqual(['a']);
    expect(pieces(state, ['a', 'b', 'c'])).toEqual([]);
  });

  it('[S7] double when a whole one goes through quickly, up to 2 MiB, and stay as they are when it was slow', () => {
    let state = begin(IDLE, [original('a', 40 * MB)], NOW);
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) {
      seen.push(state.piece);
      [state] = tell(state, arrived);
    }
    expect(seen.map((size) => size / 1024)).toEqual([128, 256, 512, 1024, 2048, 2048]);
    expect(MOST_PIECE / 1024).toBe(2048);
    const [slower] = tell(begin(IDLE, [original('a')], NOW), ({ end }) => kept(end, 1_500));
    expect(sizes(slower)).toEqual([FIRST_PIECE]);
  });

  it('[S7] halve when one took long: so much is lost if the line breaks, and a browser may send it again untold', () => {
    const [slow] = tell(begin(IDLE, [original('a')], NOW), ({ end }) => kept(end, 40_000));
    expect(sizes(slow)).toEqual([HALF]);
    const two = begin(IDLE, [original('a', 250_000), original('b')], NOW);
    const [whole] = tell(two, { got: 'whole', aside: null, ms: 5_000 });
    expect(sizes(whole)).toEqual([HALF]);
  });

  it('[S7] are as long as the wait for an answer asks, where a small one takes long too', () => {
    const small = { ...IDLE, piece: LEAST_PIECE };
    const [near] = tell(begin(small, [original('a')], NOW), ({ end }) => kept(end, 1_000));
    expect(near.piece).toBe(2 * LEAST_PIECE);
    const known = { ...begin(small, [original('a')], NOW), wait: 300 };
    expect(tell(known, ({ end }) => kept(end, 1_000))[0].piece).toBe(LEAST_PIECE);
    const far = { ...begin(IDLE, [original('a')], NOW), wait: 1_500 };
    expect(tell(far, ({ end }) => kept(end, 7_000))[0].piece).toBe(FIRST_PIECE);
    expect(begin(far, [], NOW).wait).toBe(0); // the line may be another by then
  });

  it('[S7] do not end together: until the line is known each is half as long as the one before', () => {
    const state = begin(IDLE, [original('a'), original('b'), original('c')], NOW);
    expect(sizes(state)).toEqual([FIRST_PIECE, HALF, HALF / 2]);
    expect(space(state, FIRST_PIECE)).toBe(0);
    expect(space(state, FIRST_PIECE)).toBe(0);
    expect(sizes(knowing(state, 1_000))).toEqual([FIRST_PIECE, FIRST_PIECE, FIRST_PIECE]);
  });

  it('[S7] begin about a third of the time after one another that a piece takes, rather a little sooner', () => {
    const state = knowing(begin(IDLE, [original('a')], NOW), 1_000);
    expect(space(state, FIRST_PIECE)).toBeCloseTo(300);
    expect(space(state, HALF)).toBeCloseTo(150);
    expect(space(state, 4 * FIRST_PIECE)).toBeCloseTo(300); // of a long wait it would not take four times as long
    expect(space({ ...state, most: 1 }, FIRST_PIECE)).toBeCloseTo(900);
    expect(begin(state, [], NOW).times).toEqual([]); // the line may be another by then
    expect(tell(state, arrived)[0].times).toHaveLength(2);
  });

  it('[S7] that were sent again at a cut do not make the line seem slow; many slow ones do', () => {
    const state = knowing(begin(IDLE, [original('a')], NOW), 1_000, 8);
    expect(space(knowing(state, 4_000, 3), FIRST_PIECE)).toBeCloseTo(300);
    expect(space(knowing(state, 4_000, 5), FIRST_PIECE)).toBeCloseTo(1_200);
  });

  it('[S7] of one original are alike', () => {
    const state = knowing(begin(IDLE, [original('a', 250_000), original('b', 250_000, 70_000)], NOW), 1_000);
    expect(sizes(state)).toEqual([125_000, 90_000]);
    const [next] = tell(state, arrived);
    expect(pieces(next)[0]).toMatchObject({ sha256: 'a', first: 125_000, end: 250_000 });
  });

  it('[S7] double once when both of a pair go through, and not for a short last one', () => {
    const state = begin(IDLE, [original('a'), original('b')], NOW);
    const [first, second] = pieces(state);
    const [one] = heard(state, first!, kept(FIRST_PIECE), MOMENT);
    const [both] = heard(one, { ...second!, end: FIRST_PIECE }, kept(FIRST_PIECE), MOMENT);
    expect(both.piece).toBe(2 * FIRST_PIECE);
    const [tail] = tell(begin(IDLE, [original('a', 4 * MB, 4 * MB - 100), original('b')], NOW), kept(4 * MB));
    expect(tail.piece).toBe(FIRST_PIECE);
  });

  it('[S7] halve when the line breaks, once for both, down to 64 KiB', () => {
    let state = begin(IDLE, [original('a'), original('b')], NOW);
    const [first, second] = pieces(state);
    [state] = heard(state, first!, { got: 'cut' }, MOMENT);
    [state] = heard(state, second!, { got: 'cut' }, MOMENT);
    expect(state.piece).toBe(FIRST_PIECE / 2);
    expect([state.end, pieces(state)]).toEqual(['cut', []]);
    for (let i = 0; i < 5; i++) {
      state = begin(hurried(state), [original('a')], NOW);
      [state] = tell(state, { got: 'cut' });
    }
    expect(state.piece).toBe(LEAST_PIECE);
  });

  it('[S10] a line that breaks again and again before anything arrived is given time, one that moves is not', () => {
    let state = begin(IDLE, [original('a')], NOW);
    [state] = tell(state, { got: 'cut' });
    expect(begin(state, [original('a')], NOW).queue).toHaveLength(1);
    [state] = tell(begin(state, [original('a')], NOW), { got: 'cut' });
    expect(begin(state, [original('a')], NOW).queue).toHaveLength(0);
    expect(begin(state, [original('a')], NOW + 300_000).queue).toHaveLength(1);
    expect(begin(hurried(state), [original('a')], NOW).queue).toHaveLength(1);
    let moving = begin(IDLE, [original('a')], NOW);
    for (let i = 0; i < 5; i++) {
      [moving] = tell(begin(moving, [original('a')], NOW), arrived);
      [moving] = tell(moving, { got: 'cut' });
    }
    expect(begin(moving, [original('a')], NOW).queue).toHaveLength(1);
  });

  it('[S10] one that comes through beside one that broke takes the wait away, however often it broke before', () => {
    const tried = { ...IDLE, cuts: 5 };
    const both = begin(tried, [original('a', HALF), original('b', HALF)], NOW);
    const [first, second] = pieces(both) as [Piece, Piece];
    const [broke] = heard(both, first, { got: 'cut' }, MOMENT);
    expect(broke.notBefore).toBeGreaterThan(NOW);
    const [through] = heard(broke, second, { got: 'whole', aside: null, ms: 500 }, MOMENT);
    expect(begin(through, [original('a', HALF)], NOW).queue).toHaveLength(1);
  });

  it('[S10] she asks, and a break after that is the first again', () => {
    const [state] = tell(begin(hurried({ ...IDLE, cuts: 5 }), [original('a')], NOW), { got: 'cut' });
    expect(begin(state, [original('a')], NOW).queue).toHaveLength(1);
  });

  it('[S10] that another tab has sent meanwhile are not sent again', () => {
    const state = begin(IDLE, [original('a'), original('b'), original('c')], NOW);
    const after = refreshed(state, [original('b', 4 * MB, 700_000), original('c')]);
    expect(pieces(after)).toMatchObject([
      { sha256: 'b', first: 700_000 },
      { sha256: 'c', first: 0 },
    ]);
  });

  it('[S8] join in when their previews have gone, none twice, and what rests stays at rest', () => {
    const [first] = pieces(begin(IDLE, [original('a'), original('b')], NOW));
    const [rests] = heard(begin(IDLE, [original('a'), original('b')], NOW), first!, { got: 'refused' }, MOMENT);
    const more = joined(rests, [original('a'), original('b', 4 * MB, 900), original('c')], NOW);
    expect(more.queue.map(({ sha256, offset }) => [sha256, offset])).toEqual([
      ['b', 0],
      ['c', 0],
    ]);
  });

  it('[S7] of what has arrived wholly, but unheard, it is the last byte', () => {
    expect(pieces(begin(IDLE, [original('a', 1_000, 1_000)], NOW))).toMatchObject([{ first: 999, end: 1_000 }]);
  });
});

describe('what the county says of a piece', () => {
  const state = begin(IDLE, [original('a'), original('b')], NOW);

  it('[S7] where it wants to go on counts, whatever the phone thought', () => {
    const [next, deed] = tell(state, { got: 'gap', offset: 77 });
    expect([pieces(next)[0]?.first, deed]).toEqual([77, { do: 'offset', offset: 77 }]);
    const [kept_, note] = tell(state, kept(200_000));
    expect([pieces(kept_)[0]?.first, note]).toEqual([200_000, { do: 'offset', offset: 200_000 }]);
  });

  it('[S7] one whose offset jumps to and fro rests an hour, and the others go on', () => {
    let going = state;
    for (let i = 0; i < 4; i++) [going] = tell(going, { got: 'gap', offset: i % 2 });
    expect(pieces(going).map(({ sha256 }) => sha256)).toEqual(['b']);
    expect(begin(going, [original('a')], NOW + 3_599_000).queue).toEqual([]);
    expect(begin(going, [original('a')], NOW + 3_601_000).queue).toHaveLength(1);
  });

  it('[S7] all is there: a receipt is written down, also of what it cannot show', () => {
    const [next, deed] = tell(state, { got: 'whole', aside: 'photo_unreadable', ms: 1_000 });
    expect([next.whole, deed]).toEqual([1, { do: 'receipt', aside: 'photo_unreadable' }]);
    expect(pieces(next).map(({ sha256 }) => sha256)).toEqual(['b']);
  });

  it('[S7] another hash: read again and sent anew once; if it is right here, it is not given up', () => {
    const sent = begin(IDLE, [original('a', 4 * MB, 9_000)], NOW);
    const [anew, deed] = tell(sent, { got: 'wrong_hash' });
    expect([pieces(anew)[0]?.first, deed]).toEqual([0, { do: 'reread' }]);
    const [rests, note] = tell(anew, { got: 'wrong_hash' });
    expect([pieces(rests), note]).toEqual([[], { do: 'offset', offset: 0 }]);
    expect(begin(rests, [original('a')], NOW + 3_601_000).queue).toHaveLength(1);
  });

  it.each(['unreadable', 'too_large'] as const)('[S7] one that is %s is lost, and said to be', (got) => {
    const [next, deed] = tell(state, { got });
    expect([pieces(next).length, deed]).toEqual([1, { do: 'lose', reason: got }]);
  });

  it('one that it does not know yet is asked about again', () => {
    const [next, deed] = tell(state, { got: 'unknown' });
    expect([pieces(next).length, deed]).toEqual([1, { do: 'forget' }]);
  });

  it('[S3] one that it will not take rests, and blocks no other', () => {
    const [next, deed] = tell(state, { got: 'refused' });
    expect([pieces(next).map(({ sha256 }) => sha256), deed]).toEqual([['b'], null]);
  });

  it('[S10] go one less at a time while the county has no room for so many, and wait when it has none', () => {
    let state = begin(IDLE, [original('a'), original('b'), original('c')], NOW);
    for (const left of [2, 1]) {
      [state] = tell(state, { got: 'busy', retryAfterMs: 1_000, beside: true });
      expect([state.end, pieces(state).length]).toEqual([null, left]);
    }
    [state] = tell(state, { got: 'busy', retryAfterMs: 1_000, beside: false });
    expect([state.end, state.notBefore]).toEqual(['busy', NOW + 1_000]);
    expect(pieces(begin(state, [original('a'), original('b'), original('c')], NOW + 1_000))).toHaveLength(3);
  });

  it('[S10] one alone that is turned away again and again waits longer than it is asked to', () => {
    const away: Told = { got: 'busy', retryAfterMs: 1_000, beside: false };
    let state = begin(IDLE, [original('a')], NOW);
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      [state] = tell(begin({ ...state, notBefore: 0 }, [original('a')], NOW), away);
      waits.push(state.notBefore - NOW);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    const [through] = tell(begin({ ...state, notBefore: 0 }, [original('a')], NOW), arrived);
    expect(tell(through, away)[0].notBefore).toBe(NOW + 1_000);
  });

  it('[S10] not now: it is obeyed for photos alone, and she may send now', () => {
    const [busy] = tell(state, { got: 'busy', retryAfterMs: 120_000 });
    expect([busy.end, pieces(busy)]).toEqual(['busy', []]);
    expect(begin(busy, [original('a')], NOW + 119_000).queue).toEqual([]);
    expect(begin(busy, [original('a')], NOW + 120_000).queue).toHaveLength(1);
    expect(begin(hurried(busy), [original('a')], NOW).queue).toHaveLength(1);
    expect(busy.piece).toBe(FIRST_PIECE);
  });

  it('a signature that is not taken ends the round', () => {
    expect(tell(state, { got: 'barred', problem })[0]).toMatchObject({ end: 'barred', problem });
  });

  it('of one that is no longer under way is let be', () => {
    const [piece] = pieces(state);
    expect(heard(IDLE, piece!, { got: 'whole', aside: null, ms: 1_000 }, MOMENT)).toEqual([IDLE, null]);
  });
});
