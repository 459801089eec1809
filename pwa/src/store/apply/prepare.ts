/**
 * Everything of an answer that takes time (sealing, hashing) is done here, before the transaction opens: IndexedDB ends
 * a transaction that is not being asked anything.
 */
import { row as weightOf } from '../../sync/digest';
import type { Answer, Change, Json } from '../../sync/messages';
import { type Ground, place } from '../ground';
import type { AsideRow } from '../schema';
import type { Sealed } from '../seal';
import { fits, isKnown } from '../shapes';
import { type Thing, lyingIn } from './parts';

export interface PreparedChange {
  readonly feed: string;
  readonly kind: string;
  readonly id: string;
  readonly version: string;
  readonly body: Json | undefined;
  /** What it adds to the digest; null for a tombstone. */
  readonly weight: bigint | null;
  /** null: the server could not render it now. */
  readonly sealed: Sealed | null;
  /** Whether this release can read it. */
  readonly fits: boolean;
}

export interface Prepared {
  readonly changes: readonly PreparedChange[];
  /** By feed, what is held of it in buckets that came whole (S12). */
  readonly lying: ReadonlyMap<string, readonly Thing[]>;
  /** Changes without even a place to go to. */
  readonly aside: readonly AsideRow[];
  /** The county's words on ops, sealed, by op. */
  readonly problems: ReadonlyMap<string, Sealed>;
}

function hasPlace(change: Partial<Change>): boolean {
  const { feed, kind, id, version } = change;
  const lines = [feed, kind, id, version].every(
    (text) => typeof text === 'string' && text !== '' && !text.includes('\n'),
  );
  return lines && (change.body !== undefined || change.unreadable === true);
}

async function prepared(ground: Ground, change: Change): Promise<PreparedChange> {
  const { feed, kind, id, version, body } = change;
  const gone = body === null;
  const [weight, sealed] = await Promise.all([
    gone ? null : weightOf(kind, id, version),
    gone || body === undefined ? null : ground.seal.json(place('rows', kind, id), body),
  ]);
  return { feed, kind, id, version, body, weight, sealed, fits: sealed !== null && isKnown(kind) && fits(kind, body) };
}

export async function prepare(ground: Ground, answer: Answer): Promise<Prepared> {
  const good = answer.changes.filter(hasPlace);
  const odd = answer.changes.filter((change) => !hasPlace(change));
  const told = answer.results.filter(({ title, next }) => title !== undefined || next !== undefined);
  const mended = Object.entries(answer.parts).filter(([, buckets]) => buckets.length > 0);
  const [changes, aside, problems, lying] = await Promise.all([
    Promise.all(good.map((change) => prepared(ground, change))),
    Promise.all(
      odd.map(async (change): Promise<AsideRow> => {
        return { at: answer.server_time, sealed: await ground.seal.json('aside', change) };
      }),
    ),
    Promise.all(
      told.map(async ({ id, title = '', next = '' }): Promise<[string, Sealed]> => {
        return [id, await ground.seal.json(place('problems', id), { title, next })];
      }),
    ),
    Promise.all(
      mended.map(async ([feed, buckets]): Promise<[string, Thing[]]> => [feed, await lyingIn(ground, feed, buckets)]),
    ),
  ]);
  return { changes, aside, problems: new Map(problems), lying: new Map(lying) };
}
