/**
 * Rows of feeds: come, change, go. A feed that is read anew (a reset, another epoch) counts its reading: what the last
 * page has not brought again is swept. A thing that no feed carries any more goes, unless an own draft or unsent op still
 * speaks of it (S5).
 *
 * The digest of each feed moves with its rows (S12), and once a day they are counted one by one: a sum that is only kept
 * up would never see a row that was damaged. A feed that differs is doubted: its parts go with the next exchanges, and
 * what comes back takes the place of what was held in those buckets, as long as buckets come that have not come before.
 */
import { EMPTY, moved } from '../../sync/digest';
import type { Answer, Cursor, FeedSum } from '../../sync/messages';
import { isOlder } from '../day';
import type { FeedHeld, FeedRowHeld, WriteTx } from '../schema';
import { KEPT } from '../world';
import { type Thing, within } from './parts';
import type { PreparedChange } from './prepare';

const PATIENCE_DAYS = 1; // between counts, and after a repair that did not help

const fresh = (feed: string): FeedHeld => ({
  feed,
  seq: null,
  walk: null,
  gen: 0,
  sweep: false,
  alive: 0,
  digest: EMPTY,
  mismatches: 0,
  mismatched: null,
});

const again = (held: FeedHeld): FeedHeld => ({
  ...held,
  seq: null,
  walk: null,
  gen: held.gen + 1,
  sweep: true,
  alive: 0,
  digest: EMPTY,
  doubted: false,
  mended: [],
});

/** It holds what the county holds. */
const well = (held: FeedHeld): FeedHeld => ({ ...held, mismatches: 0, mismatched: null, doubted: false, mended: [] });

const agrees = (held: FeedHeld, sum: FeedSum): boolean => sum.digest === held.digest && sum.alive === held.alive;

const weightOf = (row: FeedRowHeld): bigint => BigInt(`0x${row.weight}`);
const spelled = (weight: bigint): string => weight.toString(16).padStart(64, '0');

export class Feeds {
  readonly #tx: WriteTx;
  readonly #turn: number;
  readonly #held: Map<string, FeedHeld>;
  readonly #refers: ReadonlySet<string>;

  private constructor(tx: WriteTx, turn: number, held: Map<string, FeedHeld>, refers: ReadonlySet<string>) {
    this.#tx = tx;
    this.#turn = turn;
    this.#held = held;
    this.#refers = refers;
  }

  /** `refers`: ids that own drafts and unsent ops speak of. */
  static async within(tx: WriteTx, turn: number): Promise<Feeds> {
    const held = await tx.objectStore('feeds').getAll();
    const drafts = await tx.objectStore('drafts').getAll();
    const waiting = await tx.objectStore('outbox').index('state').getAll('waiting');
    const refers = new Set([...drafts, ...waiting].flatMap((row) => row.refers));
    return new Feeds(tx, turn, new Map(held.map((feed) => [feed.feed, feed])), refers);
  }

  #feed(name: string): FeedHeld {
    return this.#held.get(name) ?? fresh(name);
  }

  /** The feed will be read from its beginning. */
  readAgain(name: string): void {
    this.#held.set(name, again(this.#feed(name)));
  }

  readAllAgain(): void {
    for (const name of [...this.#held.keys()]) this.readAgain(name);
  }

  async apply(changes: readonly PreparedChange[]): Promise<void> {
    for (const change of changes) await this.#one(change);
  }

  async #one(change: PreparedChange): Promise<void> {
    const rows = this.#tx.objectStore('rows');
    const { feed, kind, id, version, weight } = change;
    const held = this.#feed(feed);
    const before = await rows.get([feed, kind, id]);
    const counted = before?.gen === held.gen;
    const take = counted ? [weightOf(before)] : [];
    const add = weight === null ? [] : [weight];
    const alive = held.alive + add.length - take.length;
    this.#held.set(feed, { ...held, alive, digest: moved(held.digest, { add, take }) });
    if (weight === null) {
      if (before !== undefined) await this.#letGo(before);
      return;
    }
    const keeps = change.fits ? null : (before?.before ?? before?.sealed ?? null);
    await rows.put({
      feed,
      kind,
      id,
      version,
      weight: spelled(weight),
      gen: held.gen,
      turn: this.#turn,
      sealed: change.sealed,
      before: keeps,
    });
    await rows.delete([KEPT, kind, id]);
  }

  async #letGo(row: FeedRowHeld): Promise<void> {
    const rows = this.#tx.objectStore('rows');
    await rows.delete([row.feed, row.kind, row.id]);
    if (!this.#refers.has(row.id)) return;
    if ((await rows.index('thing').count([row.kind, row.id])) === 0) await rows.put({ ...row, feed: KEPT });
  }

  async leave(name: string): Promise<void> {
    for (const row of await this.#tx.objectStore('rows').getAll(within(name))) await this.#letGo(row);
    this.#held.delete(name);
    await this.#tx.objectStore('feeds').delete(name);
  }

  moveTo({ feeds, walks = {} }: Cursor): void {
    for (const [name, seq] of Object.entries(feeds))
      this.#held.set(name, { ...this.#feed(name), seq, walk: walks[name] ?? null });
  }

  /** Once the county has named every feed in scope, a held one that it did not name has left too. */
  async leaveAllBut(named: readonly string[]): Promise<void> {
    for (const name of [...this.#held.keys()]) if (!named.includes(name)) await this.leave(name);
  }

  /** The last page has come: what a re-read has not brought again is gone. */
  async sweep(): Promise<void> {
    for (const [name, held] of this.#held) {
      if (!held.sweep) continue;
      for (const row of await this.#tx.objectStore('rows').getAll(within(name)))
        if (row.gen !== held.gen) await this.#letGo(row);
      this.#held.set(name, { ...held, sweep: false });
    }
  }

  /** These rows lie in buckets that came whole: what the county has not named among them is no more. */
  async dropMissing(name: string, lying: readonly Thing[], changes: readonly PreparedChange[]): Promise<void> {
    if (this.#feed(name).doubted !== true) return;
    const came = new Set(changes.filter(({ feed }) => feed === name).map(({ kind, id }) => `${kind}\n${id}`));
    for (const [kind, id] of lying) {
      const row = await this.#tx.objectStore('rows').get([name, kind, id]);
      if (row !== undefined && !came.has(`${kind}\n${id}`)) await this.#letGo(row);
    }
  }

  /** Compares with the county's sums. Feeds whose parts are to be sent are returned. `parts`: the buckets that came now. */
  async compare(
    sums: Readonly<Record<string, FeedSum>>,
    parts: Answer['parts'],
    serverTime: string,
  ): Promise<string[]> {
    const doubted: string[] = [];
    for (const [name, sum] of Object.entries(sums)) {
      let held = this.#feed(name);
      const stale = held.counted === undefined || isOlder(held.counted, serverTime, PATIENCE_DAYS);
      if (stale || !agrees(held, sum)) held = await this.#counted(held, serverTime);
      held = agrees(held, sum) ? well(held) : this.#doubt(held, parts, serverTime);
      this.#held.set(name, held);
      if (held.doubted === true) doubted.push(name);
    }
    return doubted;
  }

  async #counted(held: FeedHeld, serverTime: string): Promise<FeedHeld> {
    const rows = await this.#tx.objectStore('rows').getAll(within(held.feed));
    return { ...held, alive: rows.length, digest: moved(EMPTY, { add: rows.map(weightOf) }), counted: serverTime };
  }

  /** Its parts are sent until no bucket comes any more that has not come before; then it rests for a day. */
  #doubt(held: FeedHeld, parts: Answer['parts'], serverTime: string): FeedHeld {
    const differs = { ...held, mismatches: held.mismatches + 1 };
    if (held.doubted !== true) {
      const rests = held.mismatched !== null && !isOlder(held.mismatched, serverTime, PATIENCE_DAYS);
      return rests ? held : { ...differs, doubted: true, mended: [], mismatched: null };
    }
    const { mended = [] } = held;
    const came = parts[held.feed];
    const goesOn = came === undefined ? Object.keys(parts).length > 0 : came.some((bucket) => !mended.includes(bucket));
    if (goesOn) return { ...differs, mended: [...new Set([...mended, ...(came ?? [])])] };
    return { ...differs, doubted: false, mended: [], mismatched: serverTime };
  }

  /** What was kept for a draft or an op that is gone or sent by now is kept no longer. */
  async dropKept(): Promise<void> {
    const rows = this.#tx.objectStore('rows');
    for (const key of await rows.getAllKeys(within(KEPT))) if (!this.#refers.has(key[2])) await rows.delete(key);
  }

  async save(): Promise<void> {
    for (const held of this.#held.values()) await this.#tx.objectStore('feeds').put(held);
  }
}
