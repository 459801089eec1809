/** Where a feed differs from the county's (S12): the sums of its 256 buckets, and what is held in some of them. */
import { bucket, parts } from '../../sync/digest';
import type { Ground } from '../ground';

const MOST_FEEDS = 4;

export type Thing = readonly [kind: string, id: string];

/** All rows of a feed. */
export const within = (feed: string): IDBKeyRange => IDBKeyRange.bound([feed], [feed, []]);

export interface Parts {
  /** Of the feeds that are doubted, the sums of their buckets; of at most so many as an exchange takes. */
  doubtedParts(): Promise<Record<string, string[]>>;
}

export function partsOf({ db }: Ground): Parts {
  return {
    async doubtedParts() {
      const read = await db.read(['feeds', 'rows'], async (tx) => {
        const doubted = (await tx.objectStore('feeds').getAll()).filter((feed) => feed.doubted === true);
        const rows = tx.objectStore('rows');
        return Promise.all(
          doubted.slice(0, MOST_FEEDS).map(async ({ feed }) => [feed, await rows.getAll(within(feed))] as const),
        );
      });
      const summed = read.map(async ([feed, rows]): Promise<[string, string[]]> => {
        return [feed, await parts(rows.map(({ kind, id, version }) => [kind, id, version]))];
      });
      return Object.fromEntries(await Promise.all(summed));
    },
  };
}

/** What is held of a feed in these buckets. */
export async function lyingIn({ db }: Ground, feed: string, buckets: readonly number[]): Promise<Thing[]> {
  const keys = await db.read(['rows'], (tx) => tx.objectStore('rows').getAllKeys(within(feed)));
  const lie = await Promise.all(keys.map(async ([, kind, id]) => buckets.includes(await bucket(kind, id))));
  return keys.filter((_, index) => lie[index] === true).map(([, kind, id]): Thing => [kind, id]);
}
