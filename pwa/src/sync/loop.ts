/**
 * The engine's hands: carries out its effects, wakes it, and tells pages where the work is. What wakes it: a visit that
 * was finished, the network, the page coming into view, the alarm, Background Sync, and she herself.
 */
import { type Accessor, createSignal } from 'solid-js';
import { type Store, StoreError } from '../store';
import { type Effect, type Event, type Moment, type Problem, START, type State, type Waker, step } from './engine';
import { type Line, exchangeOnce } from './exchange';
import { isUuid } from './ids';
import { fetchKept } from './kept';
import { plain } from './problem';
import { jsonIn, transportOf } from './transport';
import { uploaderOf } from './uploader';
import { fetchXForms } from './xforms';

export interface SyncStatus {
  readonly at: 'idle' | 'sending' | 'offline' | 'trouble';
  /** The phone's wall clock when the county was last heard, ISO; null: never. */
  readonly lastHeard: string | null;
  /** When it will be tried again by itself, ms since 1970. */
  readonly nextTryAt: number | null;
  /** With `trouble`: the county's code and words, or a code of ours without words. */
  readonly problem?: Problem;
  /** Originals of finished visits that the county does not hold; absent until it was looked. */
  readonly photos?: PhotosStatus;
}

/** `wifi`: they wait for Wi-Fi, as she chose. */
export interface PhotosStatus {
  readonly at: 'resting' | 'sending' | 'wifi';
  readonly count: number;
  /** Still to go. */
  readonly bytes: number;
}

export interface SyncHandle {
  readonly status: Accessor<SyncStatus>;
  /** She asks: now, whatever the server asked for. */
  sendNow(): void;
  stop(): void;
  /** Settles when nothing is under way. */
  settled(): Promise<void>;
}

export interface SyncOptions {
  /** Where the county is; the page's own origin unless given. */
  readonly base?: string;
  readonly language?: string;
  /** In [0, 1). */
  readonly rand?: () => number;
}

/** Where the loop runs: a page, a service worker, or Node. */
export interface Surroundings {
  /** Listens for what should wake it. Returns the way to stop. */
  listen(store: Store, wake: (by: Waker) => void): () => void;
  hidden(): boolean;
}

type Told = Event extends infer E ? (E extends Event ? Omit<E, keyof Moment> : never) : never;

/** Whether it is the county that says so: any hotel's page is a success too. */
function isKept(bytes: Uint8Array): boolean {
  const answer = jsonIn(bytes);
  return typeof answer === 'object' && answer !== null && 'id' in answer && isUuid(answer.id);
}

function statusOf(state: State, sending: number, lastHeard: string | null, photos: PhotosStatus | null): SyncStatus {
  const { line, nextTryAt } = state;
  const known = { lastHeard, nextTryAt, ...(photos === null ? {} : { photos }) };
  if (state.doing.at !== 'resting' && sending > 0) return { at: 'sending', ...known };
  if (line.at === 'trouble') return { at: 'trouble', ...known, problem: line.problem };
  return { at: line.at === 'offline' ? 'offline' : 'idle', ...known };
}

export function runSync(store: Store, around: Surroundings, options: SyncOptions = {}): SyncHandle {
  const { identity, exchange } = store;
  const rand = options.rand ?? Math.random;
  const caller = {
    key: exchange.signing.privateKey,
    device: identity.device,
    user: identity.user.id,
    org: identity.org.id,
    language: options.language ?? identity.user.language,
  };
  let state = START;
  let sending = 0;
  let lastHeard: string | null = null;
  let photos: PhotosStatus | null = null;
  let sentBytes = 0;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  const ending = new AbortController();
  const [status, setStatus] = createSignal<SyncStatus>(statusOf(state, 0, null, null));
  const line: Line = {
    transport: transportOf(caller, options.base ?? '', (bytes) => (sentBytes += bytes), ending.signal),
    anchors: [],
    round: 0,
    onSending(ops) {
      sending = ops;
      show();
    },
  };
  const uploader = uploaderOf(store, line, rand);

  function show(): void {
    setStatus(statusOf(state, sending, lastHeard, photos));
  }

  /** What is still to go, and what was given to the network since the last look. */
  async function lookAtPhotos(at: 'resting' | 'sending'): Promise<void> {
    const bytes = sentBytes;
    sentBytes = 0;
    if (bytes > 0) await exchange.noteSent(bytes);
    const owed = await exchange.originalsOwed();
    photos = { at: owed.count > 0 && (await uploader.waitsForWifi()) ? 'wifi' : at, ...owed };
    show();
  }

  async function remembered(): Promise<void> {
    lastHeard = (await exchange.standing()).heard;
    if (line.anchors.length === 0) line.anchors = await exchange.newestAnchors();
    show();
  }

  async function handIn(op: string): Promise<Told> {
    sending = 1;
    const body = await exchange.opText(op);
    const post = { method: 'POST', path: '/api/quarantine', type: 'application/octet-stream', body } as const;
    const reply = await line.transport.send(post, line.anchors);
    switch (reply.got) {
      case 'answer':
        if (!isKept(reply.bytes)) return { type: 'cut', unplugged: false, retryAfterMs: null, problem: null };
        await exchange.noteQuarantined(op);
        return { type: 'handed_in' };
      case 'cut':
        return { type: 'cut', unplugged: reply.unplugged, retryAfterMs: reply.retryAfterMs, problem: reply.problem };
      case 'denied':
        return { type: 'denied', sent: [], problem: reply.problem };
      case 'barred':
        return { type: 'barred', problem: reply.problem };
    }
  }

  /** What the phone may need without a signal; whatever is to be sent goes first. */
  async function fetchTheRest(): Promise<void> {
    const mustGiveWay = (): boolean => state.again;
    if (await fetchXForms(store, line, mustGiveWay)) await fetchKept(store, line, mustGiveWay);
  }

  async function exchanged(effect: Effect & { do: 'exchange' }): Promise<Told> {
    clearTimeout(alarm);
    const outcome = await exchangeOnce(store, line, effect.errand);
    sending = 0;
    if (outcome.type === 'answered') {
      lastHeard = (await exchange.standing()).heard;
      if (!outcome.more && outcome.previews !== true && outcome.revoked === undefined) await fetchTheRest();
    }
    await lookAtPhotos('resting');
    return outcome.type === 'answered' ? { ...outcome, photos: await uploader.isWanted() } : outcome;
  }

  /** What she writes goes first. */
  async function uploaded(): Promise<Told> {
    await lookAtPhotos('sending');
    const giveWay = (): boolean => state.again;
    const ended = await uploader.run(giveWay, () => lookAtPhotos('sending'), ending.signal);
    await lookAtPhotos('resting');
    return ended;
  }

  /** Nobody looks and nothing is owed: the next look at the page wakes us. */
  function ring(): void {
    if (!around.hidden() || state.line.at !== 'well' || state.tries > 0) wake('timer');
  }

  async function carryOut(effect: Effect): Promise<Told | null> {
    try {
      switch (effect.do) {
        case 'exchange':
          return await exchanged(effect);
        case 'count':
          return { type: 'counted', fails: await exchange.noteFailure(effect.op) };
        case 'hand_in':
          return await handIn(effect.op);
        case 'upload':
          return await uploaded();
        case 'alarm':
          clearTimeout(alarm);
          alarm = setTimeout(ring, Math.max(0, effect.at - Date.now()));
          return null;
      }
    } catch (error) {
      return { type: 'failed', problem: plain(error instanceof StoreError ? `store_${error.kind}` : 'broken') };
    }
  }

  function advance(told: Told): readonly Effect[] {
    const [next, effects] = step(state, { ...told, now: Date.now(), rand: rand() });
    state = next;
    if (state.doing.at === 'resting') sending = 0;
    show();
    return effects;
  }

  async function work(effects: readonly Effect[]): Promise<void> {
    const todo = [...effects];
    for (let effect = todo.shift(); effect !== undefined && !stopped; effect = todo.shift()) {
      const told = await carryOut(effect);
      if (told !== null) todo.push(...advance(told));
    }
  }

  function wake(by: Waker): void {
    if (stopped) return;
    if (by === 'user') uploader.hurry();
    const under = work(advance({ type: 'woken', by }));
    working = Promise.all([working, under]).then(() => undefined);
  }

  const release = around.listen(store, wake);
  const begin = (): void => wake('work');
  working = remembered().then(begin, begin);
  return {
    status,
    sendNow: () => wake('user'),
    stop() {
      stopped = true;
      clearTimeout(alarm);
      ending.abort();
      release();
    },
    async settled() {
      for (let seen; seen !== working; ) await (seen = working);
    },
  };
}

/** Calls back whenever something was made that the county is to have, in whichever tab. */
export function madeHere(store: Store, call: () => void): () => void {
  return store.onStoreChange((topics) => {
    if (topics.has('outbox')) call();
  });
}
