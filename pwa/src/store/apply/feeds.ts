/**
 * Rows of feeds: come, change, go. The digest of each feed moves with its rows (S12). A feed that is read anew (a reset,
 * another epoch, a digest that differed) counts its reading: what the last page has not brought again is swept. A thing
 * that no feed carries any more goes, unless an own draft or unsent op still speaks of it (S5).
 */
import { EMPTY, moved } from '../../sync/digest';
import type { Cursor, FeedSum } from '../../sync/messages';
import { isOlder } from '../day';
import type { FeedHeld, FeedRowHeld, WriteTx } from '../schema';
import { KEPT } from '../world';
import type { PreparedChange } from './prepare';

const HOPELESS = 2; // full re-reads in a row that did not help: then once a day
const PATIENCE_DAYS = 1;

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
});

const weightOf = (row: FeedRowHeld): bigint => BigInt(`0x${row.weight}`);
const spelled = (weight: bigint): string => weight.toString(16).padStart(64, '0');
const within = (feed: string): IDBKeyRange => IDBKeyRange.bound([feed], [feed, []]);

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

  /** Compares with the county's sums. A feed that differs is read again; those are returned, to be reported. */
  compare(sums: Readonly<Record<string, FeedSum>>, serverTime: string): string[] {
    const differing: string[] = [];
    for (const [name, sum] of Object.entries(sums)) {
      const held = this.#feed(name);
      if (sum.digest === held.digest && sum.alive === held.alive) {
        if (held.mismatches > 0) this.#held.set(name, { ...held, mismatches: 0, mismatched: null });
        continue;
      }
      const hopeless = held.mismatches >= HOPELESS;
      if (hopeless && held.mismatched !== null && !isOlder(held.mismatched, serverTime, PATIENCE_DAYS)) continue;
      this.#held.set(name, again({ ...held, mismatches: held.mismatches + 1, mismatched: serverTime }));
      differing.push(name);
    }
    return differing;
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
