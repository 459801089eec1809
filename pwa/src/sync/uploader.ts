/**
 * Sends originals, piece by piece, as `photos.ts` decides, and beside them the previews that are left; after a minute the
 * county is asked for news, also beside them: an exchange waits longer than it sends, and the line is to be busy meanwhile.
 * The lock is held until another tab asks for it, so that tab's visit goes in between; so does one of this tab, which is
 * asked before each piece.
 */
import { type Held, acquire, type Store } from '../store';
import { isReceipt } from './answer';
import { FIRST, FIRST_BYTES } from './batch';
import { sha256Bytes } from './canonical';
import { text } from './clock';
import { type Event, type Moment, QUIET_MS } from './engine';
import { type Line, PATIENCE_MS, exchangeWithin, lockName } from './exchange';
import { moment } from './moment';
import { isMetered } from './network';
import {
  type Deed,
  IDLE,
  type Piece,
  type Told,
  atATime,
  begin,
  broken,
  heard,
  hurried,
  joined,
  nextPiece,
  refreshed,
  space,
} from './photos';
import { type Reply, jsonIn } from './transport';

/** Not much at once: it is lost at a cut, and need not be worth the wait for its answer. */
const BESIDE = { ...FIRST, bytes: 2 * FIRST_BYTES };
/** What the line carries of previews for so many bytes: the packing takes base64's third back. */
const PACKED = 3 / 4;
const EXCHANGE = 'exchange';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
type Left = 'previews left' | 'news left' | 'nothing left';

type Unstamped<E> = E extends Event ? Omit<E, keyof Moment> : never;
export type Uploaded = Unstamped<Extract<Event, { type: 'uploaded' | 'cut' | 'barred' }>>;

export interface Uploader {
  /** There is something that the county asks for and that may go over this network now. */
  isWanted(): Promise<boolean>;
  /** Originals stay here because she chose so, and this is no Wi-Fi. */
  waitsForWifi(): Promise<boolean>;
  /** She asked for it: what was to be waited for is not. */
  hurry(): void;
  /** Sends until all is done, the line breaks, or something more urgent comes. `sent`: after each piece. */
  run(mustGiveWay: () => boolean, sent: () => Promise<void>, signal: AbortSignal): Promise<Uploaded>;
}

function told(reply: Reply, ms: number): Told {
  if (reply.got === 'barred') return { got: 'barred', problem: reply.problem };
  if (reply.got === 'cut')
    return reply.problem === null ? { got: 'cut' } : { got: 'busy', retryAfterMs: reply.retryAfterMs };
  if (reply.got === 'answer') {
    const answer = (jsonIn(reply.bytes) ?? {}) as Readonly<Record<string, unknown>>;
    if (isReceipt(answer)) return { got: 'whole', aside: typeof answer.aside === 'string' ? answer.aside : null, ms };
    // anything else is no answer of the county's: a hotel's page says 200 too
    return Number.isSafeInteger(answer.offset) ? { got: 'kept', offset: answer.offset as number, ms } : { got: 'cut' };
  }
  const { code, offset } = reply.problem;
  if (code === 'photo_offset' && offset !== undefined) return { got: 'gap', offset };
  if (code === 'photo_hash') return { got: 'wrong_hash' };
  if (code === 'photo_unknown') return { got: 'unknown' };
  return { got: code === 'photo_too_large' ? 'too_large' : 'refused' };
}

export function uploaderOf(store: Store, line: Line, rand: () => number): Uploader {
  const { exchange } = store;
  let state = IDLE;
  /** Opened originals: those that go now. */
  const opened = new Map<string, Uint8Array<ArrayBuffer>>();

  /** The bytes that its name says; null when they cannot be read any more. */
  async function bytesOf(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const before = opened.get(sha256);
    if (before !== undefined) return before;
    const bytes = await exchange.original(sha256);
    if (bytes === null || (await sha256Bytes(bytes)) !== sha256) return null;
    opened.set(sha256, bytes);
    return bytes;
  }

  async function send(piece: Piece, signal: AbortSignal): Promise<Told> {
    const { sha256, type, first, end, total } = piece;
    const whole = await bytesOf(sha256);
    if (whole?.length !== total) return { got: 'unreadable' };
    const began = performance.now();
    const range = `bytes ${first}-${end - 1}/${total}`;
    const put = {
      method: 'PUT',
      path: `/api/photos/${sha256}`,
      type,
      range,
      body: whole.slice(first, end),
      signal,
    } as const;
    const reply = await line.transport.send(put, line.anchors);
    return told(reply, performance.now() - began);
  }

  async function carryOut(sha256: string, deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'offset':
        return exchange.noteOffset(sha256, deed.offset);
      case 'receipt':
        return exchange.noteReceipt(sha256, deed.aside, text(await exchange.corrected(moment())));
      case 'forget':
        return exchange.noteUnknown(sha256);
      case 'reread':
        opened.delete(sha256);
        return exchange.noteOffset(sha256, 0);
      case 'lose':
        return exchange.noteLost(sha256, deed.reason);
    }
  }

  /** One piece, from sending it to writing down what became of it. */
  async function goes(piece: Piece, taken: AbortSignal, beside: () => boolean): Promise<void> {
    const began = beside();
    const answered = await send(piece, taken);
    if (taken.aborted) return;
    const known = answered.got === 'busy' ? { ...answered, beside: began || beside() } : answered;
    const [next, deed] = heard(state, piece, known, { now: Date.now(), rand: rand() });
    state = next;
    if (deed !== null) await carryOut(piece.sha256, deed);
  }

  /** Carries some of the previews that are left, and brings news; then more originals may go. */
  async function exchangeBeside(lock: Held): Promise<Left> {
    const outcome = await exchangeWithin(store, line, { for: 'beside', batch: BESIDE }, lock);
    if (outcome.type === 'cut') state = broken(state, state.piece, { now: Date.now(), rand: rand() });
    if (outcome.type !== 'answered' || !outcome.moved) return 'nothing left'; // or they are not taken now
    const wanted = await exchange.originalsWanted(); // pieces are heard of meanwhile
    state = joined(state, wanted, Date.now());
    if (outcome.more) return 'news left';
    return outcome.previews === true ? 'previews left' : 'nothing left';
  }

  /** Sends as long as nobody else is to, alone among the tabs. `lost`: another tab has taken over, or the app stops. */
  async function round(
    mustLeave: () => Promise<boolean>,
    sent: () => Promise<void>,
    stop: AbortSignal,
  ): Promise<'left' | 'done' | 'lost'> {
    const lock = await acquire(lockName(store), PATIENCE_MS);
    if (lock === null) return 'lost';
    const taken = new AbortController();
    void lock.lost.then(() => taken.abort());
    const end = (): void => taken.abort();
    stop.addEventListener('abort', end);
    const underWay = new Map<string, Promise<void>>();
    const failures: unknown[] = [];
    const besideOf = (sha256: string) => (): boolean =>
      [...underWay.keys()].some((name) => name !== sha256 && name !== EXCHANGE);
    let asked = Date.now();
    let nextAt = 0; // of performance.now
    let left = ((await exchange.previewsFor([])).length > 0 ? 'previews left' : 'nothing left') as Left; // set while it is awaited
    const begins = (name: string, bytes: number, work: () => Promise<void>): void => {
      nextAt = performance.now() + space(state, bytes);
      const going = work().then(sent);
      const ended = going.catch((error: unknown) => void failures.push(error));
      underWay.set(
        name,
        ended.then(() => void underWay.delete(name)),
      );
    };
    /** The next that is to go, if there is one. */
    const beginsOne = (): boolean => {
      const due = left === 'previews left' || Date.now() - asked > QUIET_MS;
      if (due && state.end === null && !underWay.has(EXCHANGE) && underWay.size < atATime(state)) {
        const bytes = left === 'previews left' ? PACKED * BESIDE.bytes : 0;
        asked = Date.now();
        begins(EXCHANGE, bytes, async () => void (left = await exchangeBeside(lock)));
        return true;
      }
      const piece = nextPiece(state, [...underWay.keys()]);
      if (piece === null) return false;
      begins(piece.sha256, piece.end - piece.first, () => goes(piece, taken.signal, besideOf(piece.sha256)));
      return true;
    };
    try {
      state = refreshed(state, await exchange.originalsWanted());
      for (;;) {
        if (lock.isLost() || stop.aborted) return 'lost';
        const leave = left === 'news left' || (await lock.isWanted()) || (await mustLeave());
        const wait = underWay.size === 0 ? 0 : nextAt - performance.now();
        if (!leave && wait <= 0 && beginsOne()) continue;
        if (underWay.size === 0) return leave ? 'left' : 'done';
        await Promise.race([...underWay.values(), ...(wait > 0 ? [pause(wait)] : [])]);
        if (failures.length > 0) throw failures[0];
        for (const sha256 of opened.keys())
          if (!state.queue.some((one) => one.sha256 === sha256)) opened.delete(sha256);
      }
    } finally {
      end();
      await Promise.all(underWay.values());
      stop.removeEventListener('abort', end);
      void lock.release();
    }
  }

  const waitsForWifi = async (): Promise<boolean> => isMetered() && (await store.photosOnWifi());

  return {
    waitsForWifi,
    hurry: () => void (state = hurried(state)),

    async isWanted() {
      if (await waitsForWifi()) return false;
      return begin(state, await exchange.originalsWanted(), Date.now()).queue.length > 0;
    },

    async run(mustGiveWay, sent, signal) {
      state = begin(state, await exchange.originalsWanted(), Date.now());
      const mustLeave = async (): Promise<boolean> => mustGiveWay() || (await waitsForWifi());
      let gaveWay = await mustLeave();
      if (!gaveWay) gaveWay = (await round(mustLeave, sent, signal)) !== 'done';
      opened.clear();
      if (state.end === 'barred' && state.problem !== null) return { type: 'barred', problem: state.problem };
      if (state.end === 'cut' && state.cuts < 2) return { type: 'uploaded', again: true };
      // the exchange was answered just now: its size is not to blame
      if (state.end === 'cut') return { type: 'cut', unplugged: true, retryAfterMs: null, problem: null };
      if (state.end === 'busy') return { type: 'uploaded', again: gaveWay, notBefore: state.notBefore };
      return { type: 'uploaded', again: gaveWay || (state.end === null && state.whole > 0) };
    },
  };
}
