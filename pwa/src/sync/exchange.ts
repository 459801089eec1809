/** One exchange with the county, from reading the outbox to taking the answer in, while this tab holds the lock. */
import { version } from '../../package.json';
import { type Held, type OpHead, type Store, StoreError, acquire } from '../store';
import { readAnswer } from './answer';
import { type Batch, MOST_PREVIEW_BYTES, pick, pickPreviews } from './batch';
import { parse, text } from './clock';
import { base64 } from './device';
import { type Errand, type Event, MOST_FAILS, type Moment, type Problem } from './engine';
import { manifestOf } from './manifest';
import type { Anchor, Answer, At, Preview } from './messages';
import { moment } from './moment';
import { plain } from './problem';
import { requestBytes } from './request';
import { type Reply, type Transport, jsonIn } from './transport';

export const PATIENCE_MS = 60_000;

type Ended = Extract<Event, { type: 'answered' | 'cut' | 'denied' | 'barred' | 'overtaken' | 'failed' }>;
type Unstamped<E> = E extends Event ? Omit<E, keyof Moment> : never;
export type Outcome = Unstamped<Ended>;

/** What exchanges share as long as the app runs. */
export interface Line {
  readonly transport: Transport;
  /** By these requests are signed: the county's clock as it was last told. */
  anchors: readonly Anchor[];
  /** Told how many ops are on their way, before the request leaves. */
  onSending(ops: number): void;
  /** Exchanges so far: whoever has more originals than one may name, names others the next time. */
  round: number;
}

export const lockName = ({ identity }: Store): string => `lianxin-sync-${identity.device}-${identity.user.id}`;

interface Offer {
  readonly ops: readonly OpHead[];
  readonly previews: readonly Preview[];
  readonly have: readonly string[];
  readonly budget: number;
}

interface Written {
  readonly turn: number;
  readonly manifest: string | null;
  /** The phone is short of room. */
  readonly short: boolean;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The request's bytes. The manifest names what the county still lacks once it has taken this request. */
async function written(store: Store, { ops, previews, have, budget }: Offer): Promise<Written> {
  const { exchange } = store;
  const [standing, drafts, unsettled, storage, owed, anchors, parts, texts] = await Promise.all([
    exchange.standing(),
    exchange.draftHeads(),
    exchange.unsettled(),
    store.storage().catch(() => null),
    exchange.originalsOwed(),
    exchange.anchorsFor(ops),
    exchange.doubtedParts(),
    Promise.all(ops.map(({ id }) => exchange.opText(id))),
  ]);
  const { turn, epoch, cursor, mismatched } = standing;
  const going = new Set(ops.map(({ id }) => id));
  const staying = unsettled.filter(({ id }) => !going.has(id));
  const full = await manifestOf({ drafts, ops: staying, storage, photos: owed.count, mismatched });
  const known = standing.manifest === full.hash;
  const manifest = known ? { hash: full.hash } : full;
  const asked = { app: version, epoch, clock: moment(), anchors, manifest, cursor, budget, previews, have, parts };
  return { turn, manifest: full.hash, short: storage?.short ?? false, body: requestBytes(asked, texts) };
}

/** Previews go behind all text, and none that cannot be read or is too large: the original will do without. */
async function previewsOf(store: Store, ops: readonly OpHead[], batch: Batch): Promise<[string[], Preview[]]> {
  const { exchange } = store;
  const waiting = await exchange.previewsFor(ids(ops));
  const opsBytes = ops.reduce((sum, op) => sum + op.bytes + 1, 0);
  const picked = pickPreviews(waiting, batch, opsBytes);
  const read = picked.map(async ({ sha256 }): Promise<Preview | null> => {
    const file = await exchange.preview(sha256);
    if (file === null || file.bytes.byteLength > MOST_PREVIEW_BYTES) return null;
    return { of: sha256, type: file.type, base64: base64(new Uint8Array(file.bytes)) };
  });
  const there = (await Promise.all(read)).filter((preview) => preview !== null);
  return [picked.map(({ sha256 }) => sha256), there];
}

/** The county looked at its clock about half-way between asking and hearing. */
function anchorOf(asked: At, server: string): Anchor {
  const heard = moment();
  const half = Math.round((heard.mono - asked.mono) / 2);
  return { start: heard.start, mono: heard.mono - half, wall: text(parse(heard.wall) - half), server };
}

function unanswered(reply: Exclude<Reply, { got: 'answer' }>, ops: readonly OpHead[]): Outcome {
  switch (reply.got) {
    case 'cut':
      return { type: 'cut', unplugged: reply.unplugged, retryAfterMs: reply.retryAfterMs, problem: reply.problem };
    case 'denied':
      return { type: 'denied', sent: ops.map(({ id }) => id), problem: reply.problem };
    case 'barred':
      return { type: 'barred', problem: reply.problem };
  }
}

/** What the county has stumbled over, and could not keep raw either, lets the others pass (S3). */
function queue(waiting: readonly OpHead[]): OpHead[] {
  const stuck = (op: OpHead): boolean => op.fails >= MOST_FAILS;
  return [...waiting.filter((op) => !stuck(op)), ...waiting.filter(stuck)];
}

/** A revoked phone is answered without a cursor; so is one whose feeds could not be read just now, if it sent something. */
function revokedIn({ cursor, results }: Answer, sent: number): Problem | null {
  const told = results.find(({ code }) => code === 'device_revoked');
  if (cursor !== null || (sent > 0 && told === undefined)) return null;
  return { code: 'device_revoked', title: told?.title ?? '', next: told?.next ?? '' };
}

const ids = (ops: readonly OpHead[]): string[] => ops.map(({ id }) => id);

/** One exchange of whoever holds the lock. */
export async function exchangeWithin(store: Store, line: Line, errand: Errand, lock: Held): Promise<Outcome> {
  const { exchange } = store;
  const waiting = await exchange.waiting();
  const ops = errand.for === 'all' ? pick(queue(waiting), errand.batch) : [];
  line.onSending(ops.length);
  const allText = errand.for !== 'probe' && ops.length === waiting.length;
  const [previewed, previews] = allText ? await previewsOf(store, ops, errand.batch) : [[], []];
  // beside originals: what the county says of one that is under way is old before it is heard
  const have = errand.for === 'beside' ? [] : await exchange.originalsHere(ids(ops), line.round++);
  const offer: Offer = { ops, previews, have, budget: errand.batch.bytes };
  const taken = new AbortController();
  void lock.lost.then(() => taken.abort());
  let asked = moment();
  let request = await written(store, offer);
  const post = { method: 'POST', path: '/api/sync', type: 'application/json', signal: taken.signal } as const;
  let reply = await line.transport.send({ ...post, body: request.body }, line.anchors);
  if (reply.got === 'denied' && previews.length > 0 && !lock.isLost()) {
    // Previews are a courtesy: if they are what the county stumbles over, the ops go without them, and they never again.
    request = await written(store, { ...offer, previews: [] });
    asked = moment();
    reply = await line.transport.send({ ...post, body: request.body }, line.anchors);
  }
  if (lock.isLost()) return { type: 'overtaken' };
  if (reply.got !== 'answer') return unanswered(reply, ops);
  const answer = readAnswer(jsonIn(reply.bytes));
  if (answer === null) return { type: 'cut', unplugged: false, retryAfterMs: null, problem: null };
  const anchor = anchorOf(asked, answer.server_time);
  line.anchors = [anchor];
  const { turn, manifest, short } = request;
  const offered = { previews: previewed, have };
  const applied = await exchange.applyExchange({ turn, answer, anchor, manifest, offered, short });
  const left = new Set(ids(await exchange.waiting()));
  const settled = ops.some(({ id }) => !left.has(id)) || applied.restored || applied.stale;
  const moved = settled || answer.changes.length > 0 || applied.mismatched.length > 0 || previewed.length > 0;
  const revoked = revokedIn(answer, ops.length);
  const more = applied.more || left.size > 0;
  const small = (await exchange.previewsFor([])).length > 0;
  return { type: 'answered', sent: ops.length, more, previews: small, moved, ...(revoked === null ? {} : { revoked }) };
}

/** One exchange, alone among the tabs of this user. A lock that is held longer than any exchange lives is taken over. */
export async function exchangeOnce(store: Store, line: Line, errand: Errand): Promise<Outcome> {
  try {
    const lock = await acquire(lockName(store), PATIENCE_MS);
    if (lock === null) return { type: 'overtaken' };
    try {
      return await exchangeWithin(store, line, errand, lock);
    } finally {
      void lock.release();
    }
  } catch (error) {
    return { type: 'failed', problem: plain(error instanceof StoreError ? `store_${error.kind}` : 'broken') };
  }
}
