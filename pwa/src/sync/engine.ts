/**
 * What the phone does next, decided without doing anything: `step(state, event)` gives the next state and the effects
 * that `loop.ts` carries out, each of which ends in another event. So every order of events can be tried in a test.
 *
 * An exchange ends in one of five ways. `answered`: go on while there is more. `cut` (no answer, or one that says "not
 * now"): wait and ask for less; it never counts against an op. `denied` (the county stumbles over what we sent): halve
 * the batch; when one op stands alone, an exchange without any op asks whether it is this op at all, and only then does
 * it count; the third time its raw bytes go into quarantine and the queue moves on (S3). `barred` (our signature is not
 * taken): nothing is deleted, work goes on, and it is tried again, seldom. `overtaken`: another tab does it.
 *
 * Originals of photos go when an exchange has nothing more to do but to carry previews, which then go beside them, and
 * give way to the next one.
 */
import { backoffMs } from './backoff';
import { type Batch, FIRST, afterCut, afterDenial, afterSuccess } from './batch';

export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly next: string;
}

/** What an exchange is for: everything, or only to learn whether the county takes one without any op. */
export interface Errand {
  /** `beside`: no op goes; previews and news, while originals are under way. */
  readonly for: 'all' | 'probe' | 'beside';
  readonly batch: Batch;
}

export type Doing =
  | { readonly at: 'resting' }
  | { readonly at: 'exchanging'; readonly suspect: string | null }
  | { readonly at: 'counting'; readonly op: string }
  | { readonly at: 'handing_in'; readonly op: string }
  | { readonly at: 'uploading' };

export type Line =
  | { readonly at: 'well' }
  | { readonly at: 'offline' }
  | { readonly at: 'trouble'; readonly problem: Problem };

export interface State {
  readonly doing: Doing;
  readonly batch: Batch;
  readonly line: Line;
  /** Failures in a row. */
  readonly tries: number;
  /** A wake-up came while something was under way. */
  readonly again: boolean;
  /** The network did: what breaks now had begun without it. */
  readonly back: boolean;
  /** When it will be tried without anybody asking. */
  readonly nextTryAt: number | null;
  /** The server asked not to come before. */
  readonly notBefore: number;
}

export const START: State = {
  doing: { at: 'resting' },
  batch: FIRST,
  line: { at: 'well' },
  tries: 0,
  again: false,
  back: false,
  nextTryAt: null,
  notBefore: 0,
};

/** `user`: send now, whatever was asked for. `line`: the network came back. `timer`: the alarm that we set. */
export type Waker = 'user' | 'work' | 'line' | 'timer';

export interface Moment {
  readonly now: number;
  /** In [0, 1). */
  readonly rand: number;
}

export type Event = Moment &
  (
    | { readonly type: 'woken'; readonly by: Waker }
    | {
        readonly type: 'answered';
        readonly sent: number;
        /** More to fetch, or to send. */
        readonly more: boolean;
        /** Small pictures are left to send. */
        readonly previews?: boolean;
        /** It brought or settled something: an exchange that moves nothing is not repeated at once. */
        readonly moved: boolean;
        /** The county takes what this phone sends, into quarantine, and tells it nothing any more (S5). */
        readonly revoked?: Problem;
        /** The county asks for originals, and they may go over this network. */
        readonly photos?: boolean;
      }
    | {
        readonly type: 'cut';
        /** The phone itself says that it has no network: then the size is not to blame. */
        readonly unplugged: boolean;
        readonly retryAfterMs: number | null;
        readonly problem: Problem | null;
      }
    | { readonly type: 'denied'; readonly sent: readonly string[]; readonly problem: Problem }
    | { readonly type: 'barred'; readonly problem: Problem }
    | { readonly type: 'overtaken' }
    | { readonly type: 'counted'; readonly fails: number }
    | { readonly type: 'handed_in' }
    /** `again`: it gave way, or there is more to ask about. */
    /** `notBefore`: originals are left, and the county asked not to be sent any until then. */
    | { readonly type: 'uploaded'; readonly again: boolean; readonly notBefore?: number }
    | { readonly type: 'failed'; readonly problem: Problem }
  );

export type Effect =
  | { readonly do: 'exchange'; readonly errand: Errand }
  | { readonly do: 'count'; readonly op: string }
  | { readonly do: 'hand_in'; readonly op: string }
  | { readonly do: 'upload' }
  | { readonly do: 'alarm'; readonly at: number };

type Step = readonly [State, readonly Effect[]];

export const MOST_FAILS = 3;
export const QUIET_MS = 60_000;
const BARRED_MS = 5 * 60_000;

function exchange(state: State): Step {
  const doing: Doing = { at: 'exchanging', suspect: null };
  const next: State = { ...state, doing, again: false, back: false, nextTryAt: null };
  return [next, [{ do: 'exchange', errand: { for: 'all', batch: state.batch } }]];
}

function probe(state: State, suspect: string): Step {
  const next: State = { ...state, doing: { at: 'exchanging', suspect } };
  return [next, [{ do: 'exchange', errand: { for: 'probe', batch: state.batch } }]];
}

function rest(state: State, at: number): Step {
  return [{ ...state, doing: { at: 'resting' }, again: false, back: false, nextTryAt: at }, [{ do: 'alarm', at }]];
}

function failed(state: State, { now, rand }: Moment, line: Line, askedMs: number | null = null): Step {
  const tries = state.tries + 1;
  const wait = Math.max(backoffMs(tries, rand), askedMs ?? 0);
  return rest({ ...state, tries, line, notBefore: askedMs === null ? state.notBefore : now + askedMs }, now + wait);
}

function woken(state: State, by: Waker, now: number): Step {
  if (state.doing.at !== 'resting') {
    // a network brings nothing to send: it only says that what breaks now is to be tried at once
    return [by === 'line' ? { ...state, back: true } : { ...state, again: true }, []];
  }
  const early = now < state.notBefore;
  if (early && by !== 'user') return [state, [{ do: 'alarm', at: Math.max(state.notBefore, state.nextTryAt ?? 0) }]];
  return exchange({ ...state, notBefore: 0 });
}

function answered(state: State, event: Event & { type: 'answered' }): Step {
  const suspect = state.doing.at === 'exchanging' ? state.doing.suspect : null;
  const { revoked } = event;
  const line: Line = revoked === undefined ? { at: 'well' } : { at: 'trouble', problem: revoked };
  const well: State = { ...state, line, tries: 0, notBefore: 0, back: false };
  if (suspect !== null) return [{ ...well, doing: { at: 'counting', op: suspect } }, [{ do: 'count', op: suspect }]];
  const grown = { ...well, batch: event.sent > 0 || event.moved ? afterSuccess(state.batch) : state.batch };
  const left = event.more || event.previews === true;
  if (left && !event.moved) {
    const stuck: Problem = { code: 'no_progress', title: '', next: '' };
    return failed({ ...grown, tries: state.tries }, event, { at: 'trouble', problem: stuck });
  }
  if (event.more || state.again) return exchange(grown);
  if (event.photos === true) return [{ ...grown, doing: { at: 'uploading' }, nextTryAt: null }, [{ do: 'upload' }]];
  if (left) return exchange(grown);
  return rest(grown, event.now + (revoked === undefined ? QUIET_MS : BARRED_MS));
}

function denied(state: State, event: Event & { type: 'denied' }): Step {
  const trouble: Line = { at: 'trouble', problem: event.problem };
  const [first] = event.sent;
  if (first === undefined) return failed(state, event, trouble); // even without ops: no op is to blame
  if (event.sent.length > 1) return exchange({ ...state, batch: afterDenial(state.batch, event.sent.length) });
  return probe({ ...state, batch: { ...state.batch, ops: 1 } }, first);
}

export function step(state: State, event: Event): Step {
  switch (event.type) {
    case 'woken':
      return woken(state, event.by, event.now);
    case 'answered':
      return answered(state, event);
    case 'cut': {
      const line: Line = event.problem === null ? { at: 'offline' } : { at: 'trouble', problem: event.problem };
      if (state.back && event.retryAfterMs === null) return exchange(state);
      const batch = event.unplugged ? state.batch : afterCut(state.batch);
      return failed({ ...state, batch }, event, line, event.retryAfterMs);
    }
    case 'denied':
      return denied(state, event);
    case 'barred':
      return rest({ ...state, line: { at: 'trouble', problem: event.problem } }, event.now + BARRED_MS);
    case 'overtaken':
      return rest(state, event.now + QUIET_MS);
    case 'counted': {
      const op = state.doing.at === 'counting' ? state.doing.op : '';
      if (event.fails < MOST_FAILS) return failed(state, event, { at: 'well' });
      return [{ ...state, doing: { at: 'handing_in', op } }, [{ do: 'hand_in', op }]];
    }
    case 'handed_in':
      return exchange(state);
    case 'uploaded':
      if (event.again || state.again) return exchange(state);
      return rest(state, Math.min(event.now + QUIET_MS, event.notBefore ?? Infinity));
    case 'failed':
      return failed(state, event, { at: 'trouble', problem: event.problem });
  }
}
