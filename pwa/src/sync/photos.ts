/**
 * Which piece of which original goes next, decided without doing anything; `uploader.ts` sends what `nextPiece` gives and
 * tells `heard` what came of each.
 *
 * Three go at a time (two where even a small piece takes long): while the answer to a piece of one is on its way, the
 * others keep the line busy. For that they must not end together, so they do not begin together. A piece begins at
 * 128 KiB, halves when the link breaks or the piece took long, and doubles when a whole one went through in hardly more
 * than the wait for an answer: what is under way is lost at a cut, and a browser may send it again without telling, so it
 * is to be no longer than keeps the line busy. A county that has no room for so many gets one less at a time. When the
 * line breaks the county is asked at once how far it is, when it breaks again before anything arrived, after a while. What
 * arrived is the county's to say, by its offset. An original that is refused for itself rests and lets the others pass; it
 * is given up (`photo.lost`) only when this phone cannot read it, or the county can never take it.
 */
import { backoffMs } from './backoff';
import type { Moment, Problem } from './engine';

export const FIRST_PIECE = 128 * 1024;
export const LEAST_PIECE = 64 * 1024;
export const MOST_PIECE = 2 * 1024 * 1024;
const AT_A_TIME = 3;
/** A line on which a small piece takes longer has no need of a third, and a visit is to wait for no more than two. */
const FAR_MS = 1_500;
/** A piece is quick within this time, or within little more than the wait for any answer on this line. */
const QUICK_MS = 750;
const QUICK_WAITS = 1.25;
/** And slow beyond these: one that the browser sent again at a cut takes three seconds, and that is no fault of its. */
const SLOW_MS = 4_000;
const SLOW_WAITS = 5;
/** Of those that go at a time, each begins so much of its share of the time after the one before. */
const SPACE = 0.9;
/** How long a piece takes, the median of so many says: those that were sent again at a cut are few. */
const TIMES = 8;
const MOST_GAPS = 3;
const REST_MS = 60 * 60_000;
const BUSY_MS = 30_000;
/** A county that asks to wait no longer has no room for so many at a time; one that asks for more has trouble. */
const SOON_MS = 2_000;

export interface Original {
  readonly sha256: string;
  readonly type: string;
  readonly bytes: number;
  /** The county holds it up to here. */
  readonly offset: number;
}

interface Going extends Original {
  /** How often the county asked for another offset than the one it had named. */
  readonly gaps: number;
  /** The county once found another hash, and it began anew. */
  readonly anew: boolean;
}

export interface Piece {
  readonly sha256: string;
  readonly type: string;
  readonly first: number;
  /** The byte behind its last one. */
  readonly end: number;
  readonly total: number;
  /** How large it could have been. */
  readonly limit: number;
}

export type End = 'cut' | 'busy' | 'barred';

export interface Uploading {
  readonly piece: number;
  readonly queue: readonly Going[];
  /** Until when an original is left alone, ms since 1970. */
  readonly resting: ReadonlyMap<string, number>;
  /** The county asked not to be sent any before. */
  readonly notBefore: number;
  /** So many go at a time, until the county says that this is too many. */
  readonly most: number;
  /** The shortest time in which a small piece was answered: so long is waited whatever the size, ms; 0: not known. */
  readonly wait: number;
  /** How long the last pieces took. */
  readonly times: readonly { readonly bytes: number; readonly ms: number }[];
  /** How often in a row the line broke before anything had arrived. */
  readonly cuts: number;
  /** How often in a row the county had no room for one alone. */
  readonly turnedAway: number;
  /** Originals that went through since `begin`. */
  readonly whole: number;
  readonly end: End | null;
  readonly problem: Problem | null;
}

export const IDLE: Uploading = {
  piece: FIRST_PIECE,
  queue: [],
  resting: new Map(),
  notBefore: 0,
  most: AT_A_TIME,
  wait: 0,
  times: [],
  cuts: 0,
  turnedAway: 0,
  whole: 0,
  end: null,
  problem: null,
};

/** What became of a piece. */
export type Told =
  | { readonly got: 'kept'; readonly offset: number; readonly ms: number }
  | { readonly got: 'whole'; readonly aside: string | null; readonly ms: number }
  | { readonly got: 'gap'; readonly offset: number }
  | { readonly got: 'wrong_hash' | 'unknown' | 'too_large' | 'unreadable' | 'refused' | 'cut' }
  | { readonly got: 'busy'; readonly retryAfterMs: number | null; readonly beside?: boolean }
  | { readonly got: 'barred'; readonly problem: Problem };

/** What is to be written down, or read again, because of it. */
export type Deed =
  | { readonly do: 'offset'; readonly offset: number }
  | { readonly do: 'receipt'; readonly aside: string | null }
  | { readonly do: 'forget' }
  | { readonly do: 'reread' }
  | { readonly do: 'lose'; readonly reason: 'unreadable' | 'too_large' };

/** The line and the county may be others by now. */
const AFRESH = { most: AT_A_TIME, wait: 0, times: [], whole: 0, end: null, problem: null } as const;

/** A round of what the county asked for, without what rests. */
export function begin(state: Uploading, wanted: readonly Original[], now: number): Uploading {
  const resting = new Map([...state.resting].filter(([, until]) => until > now));
  const queue = wanted.filter(({ sha256 }) => !resting.has(sha256)).map((one) => ({ ...one, gaps: 0, anew: false }));
  return { ...state, resting, queue: now < state.notBefore ? [] : queue, ...AFRESH };
}

/** What another tab has sent meanwhile is not sent again: the store says where each is, and which are done. */
export function refreshed(state: Uploading, wanted: readonly Original[]): Uploading {
  const offsets = new Map(wanted.map(({ sha256, offset }) => [sha256, offset]));
  const queue = state.queue.flatMap((one) => {
    const offset = offsets.get(one.sha256);
    return offset === undefined ? [] : [{ ...one, offset }];
  });
  return { ...state, queue };
}

/** More may go now: those whose previews have gone. */
export function joined(state: Uploading, wanted: readonly Original[], now: number): Uploading {
  const known = new Set(state.queue.map(({ sha256 }) => sha256));
  const { queue } = begin(state, wanted, now);
  return { ...state, queue: [...state.queue, ...queue.filter(({ sha256 }) => !known.has(sha256))] };
}

/** She asks for it: nothing is waited for. */
export function hurried(state: Uploading): Uploading {
  return { ...state, notBefore: 0, resting: new Map(), cuts: 0, turnedAway: 0 };
}

/** How many go at a time on this line, an exchange among them. */
export const atATime = ({ most, wait }: Uploading): number => (wait > FAR_MS ? Math.min(2, most) : most);

/**
 * The next is to begin so long after one of so many bytes, ms: as many are under way as may be, and their ends lie as far
 * apart as their beginnings. Rather too early than too late, when the line would be idle. 0: nothing is known yet.
 */
export function space(state: Uploading, bytes: number): number {
  const likely = state.times.map((one) => one.ms * Math.min(1, bytes / one.bytes)).sort((a, b) => a - b);
  return (SPACE * (likely[likely.length >> 1] ?? 0)) / atATime(state);
}

/**
 * What is to go next, beside the originals that are under way; null when none is, or the round has ended. Until it is
 * known how fast the line is, those that begin together are each half as long as the one before, so that they end apart.
 */
export function nextPiece(state: Uploading, underWay: readonly string[] = []): Piece | null {
  const { end: ended, queue, piece: limit, times } = state;
  if (ended !== null || underWay.length >= atATime(state)) return null;
  const one = queue.find(({ sha256 }) => !underWay.includes(sha256));
  if (one === undefined) return null;
  const { sha256, type, bytes, offset } = one;
  const first = Math.min(offset, Math.max(0, bytes - 1)); // all is there but the county has not said so: its last byte
  const most = times.length === 0 ? limit / 2 ** underWay.length : limit;
  const length = Math.ceil((bytes - first) / Math.ceil((bytes - first) / most)); // what is left, in pieces alike
  return { sha256, type, first, end: first + length, total: bytes, limit };
}

function without(state: Uploading, { sha256 }: Piece): Uploading {
  return { ...state, queue: state.queue.filter((one) => one.sha256 !== sha256) };
}

function changed(state: Uploading, { sha256 }: Piece, into: (one: Going) => Going): Uploading {
  return { ...state, queue: state.queue.map((one) => (one.sha256 === sha256 ? into(one) : one)) };
}

function rested(state: Uploading, piece: Piece, now: number): Uploading {
  const resting = new Map(state.resting).set(piece.sha256, now + REST_MS);
  return without({ ...state, resting }, piece);
}

function grown(state: Uploading, piece: Piece, ms: number): Pick<Uploading, 'piece' | 'wait'> {
  const length = piece.end - piece.first;
  const wait = length <= LEAST_PIECE ? Math.min(ms, state.wait || ms) : state.wait;
  if (ms > Math.max(SLOW_MS, SLOW_WAITS * wait))
    return { wait, piece: Math.max(LEAST_PIECE, Math.min(state.piece, piece.limit / 2)) };
  if (2 * length <= piece.limit || ms > Math.max(QUICK_MS, QUICK_WAITS * wait)) return { wait, piece: state.piece };
  return { wait, piece: Math.max(state.piece, Math.min(MOST_PIECE, piece.limit * 2)) };
}

/** All that is under way breaks with the line: that counts once. */
export function broken(state: Uploading, limit: number, { now, rand }: Moment): Uploading {
  if (state.end === 'cut') return state;
  const cuts = state.cuts + 1;
  const notBefore = cuts < 2 ? state.notBefore : now + backoffMs(cuts - 1, rand);
  return { ...state, end: 'cut', cuts, notBefore, piece: Math.max(LEAST_PIECE, Math.min(state.piece, limit / 2)) };
}

/** It waits as long as the county asks, and longer when that happens again: a busy county is not to be asked every second. */
function turnedAway(state: Uploading, askedMs: number, { now, rand }: Moment): Uploading {
  const times = state.turnedAway + 1;
  const notBefore = now + Math.max(askedMs, backoffMs(times, rand));
  return { ...state, end: state.end ?? 'busy', turnedAway: times, notBefore };
}

/** It came through: what broke beside it is no reason to wait. */
function arrived(state: Uploading, piece: Piece, ms: number): Uploading {
  const notBefore = state.end === 'cut' ? 0 : state.notBefore;
  const times = [...state.times, { bytes: piece.end - piece.first, ms }].slice(-TIMES);
  return { ...state, cuts: 0, turnedAway: 0, notBefore, times, ...grown(state, piece, ms) };
}

export function heard(state: Uploading, piece: Piece, told: Told, moment: Moment): readonly [Uploading, Deed | null] {
  const going = state.queue.find(({ sha256 }) => sha256 === piece.sha256);
  if (going === undefined) return [state, null];
  const { now } = moment;
  switch (told.got) {
    case 'kept': {
      const after = changed(arrived(state, piece, told.ms), piece, (one) => {
        return { ...one, offset: told.offset, gaps: told.offset > one.offset ? 0 : one.gaps + 1 };
      });
      if (going.gaps >= MOST_GAPS && told.offset <= going.offset) return [rested(after, piece, now), null];
      return [after, { do: 'offset', offset: told.offset }];
    }
    case 'gap':
      if (going.gaps >= MOST_GAPS) return [rested(state, piece, now), null];
      return [
        changed(state, piece, (one) => ({ ...one, offset: told.offset, gaps: one.gaps + 1 })),
        { do: 'offset', offset: told.offset },
      ];
    case 'whole':
      return [
        { ...without(arrived(state, piece, told.ms), piece), whole: state.whole + 1 },
        { do: 'receipt', aside: told.aside },
      ];
    case 'wrong_hash':
      // Read again and found right, it begins anew; the second time the fault is not here, and it must not be given up.
      if (going.anew) return [rested(state, piece, now), { do: 'offset', offset: 0 }];
      return [changed(state, piece, (one) => ({ ...one, offset: 0, anew: true })), { do: 'reread' }];
    case 'unknown':
      return [without(state, piece), { do: 'forget' }];
    case 'too_large':
    case 'unreadable':
      return [without(state, piece), { do: 'lose', reason: told.got }];
    case 'refused':
      return [rested(state, piece, now), null];
    case 'cut':
      return [broken(state, piece.limit, moment), null];
    case 'busy':
      if (told.beside === true && state.most > 1 && (told.retryAfterMs ?? BUSY_MS) <= SOON_MS)
        return [{ ...state, most: state.most - 1 }, null];
      return [turnedAway(state, told.retryAfterMs ?? BUSY_MS, moment), null];
    case 'barred':
      return [{ ...state, end: 'barred', problem: told.problem }, null];
  }
}
