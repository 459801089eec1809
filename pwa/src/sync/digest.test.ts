import { describe, expect, it, test } from 'vitest';
import { BUCKETS, EMPTY, bucket, moved, of, parts, row } from './digest';
import { vectors } from './testing/vectors';

type Row = [kind: string, id: string, version: string];

const all = (rows: Row[]): Promise<bigint[]> => Promise.all(rows.map((parts) => row(...parts)));

describe("a feed's digest", () => {
  test.each(vectors<{ rows: Row[]; digest: string }>('digest', 'of'))('is the sum: %s', async (_, v) => {
    expect(await of(v.rows)).toBe(v.digest);
  });

  test.each(vectors<{ digest: string; add: Row[]; take: Row[]; then: string }>('digest', 'moved'))(
    'moves when %s',
    async (_, v) => {
      expect(moved(v.digest, { add: await all(v.add), take: await all(v.take) })).toBe(v.then);
    },
  );

  test.each(vectors<{ row: [string, string]; bucket: number }>('digest', 'bucket'))(
    'has 256 parts: %s',
    async (_, v) => {
      expect(await bucket(...v.row)).toBe(v.bucket);
    },
  );

  test.each(vectors<{ rows: Row[]; sums: Record<string, string> }>('digest', 'parts'))(
    'has a sum for each part: %s',
    async (_, v) => {
      const sums = await parts(v.rows);
      expect(sums).toHaveLength(BUCKETS);
      const told = sums.flatMap((sum, at) => (sum === EMPTY ? [] : [[String(at), sum]]));
      expect(Object.fromEntries(told)).toEqual(v.sums);
    },
  );

  test.each(vectors<{ row: Row }>('digest', 'refused'))('has no row with %s', async (_, v) => {
    await expect(row(...v.row)).rejects.toThrow(RangeError);
  });

  it('[S12] goes below nothing and comes back', async () => {
    const one = await row('visit', 'a', '1');
    expect(moved(moved(EMPTY, { take: [one] }), { add: [one] })).toBe(EMPTY);
  });
});
