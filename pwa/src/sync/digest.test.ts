import { describe, expect, it, test } from 'vitest';
import { EMPTY, moved, of, row } from './digest';
import { vectors } from './testing/vectors';

type Row = [kind: string, id: string, version: string];

describe("a feed's digest", () => {
  test.each(vectors<{ kind: string; id: string; version: string; hash: string }>('digest', 'row'))(
    'row: %s',
    async (_, v) => {
      expect(moved(EMPTY, { add: [await row(v.kind, v.id, v.version)] })).toBe(v.hash);
    },
  );

  test.each(vectors<{ rows: Row[]; digest: string }>('digest', 'of'))('sum: %s', async (_, v) => {
    expect(await of(v.rows)).toBe(v.digest);
  });

  test.each(vectors<{ from: string; add: Row[]; take: Row[]; to: string }>('digest', 'moved'))(
    'moves: %s',
    async (_, v) => {
      const add = await Promise.all(v.add.map((parts) => row(...parts)));
      const take = await Promise.all(v.take.map((parts) => row(...parts)));
      expect(moved(v.from, { add, take })).toBe(v.to);
    },
  );

  test.each(vectors<{ kind: string; id: string; version: string }>('digest', 'refused'))('refuses %s', async (_, v) => {
    await expect(row(v.kind, v.id, v.version)).rejects.toThrow(RangeError);
  });

  it('[S12] goes below nothing and comes back', async () => {
    const one = await row('visit', 'a', '1');
    expect(moved(moved(EMPTY, { take: [one] }), { add: [one] })).toBe(EMPTY);
  });
});
