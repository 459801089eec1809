import { describe, expect, it } from 'vitest';
import { FIRST, LEAST_BYTES, MOST_BYTES, MOST_OPS, afterCut, afterDenial, afterSuccess, pick } from './batch';
import { canonical } from './canonical';

const sized = (...sizes: number[]): { id: number; bytes: number }[] => sizes.map((bytes, id) => ({ id, bytes }));
const ids = (ops: { id: number }[]): number[] => ops.map(({ id }) => id);

describe('a batch', () => {
  it('[S10] takes ops in their order while the bytes last', () => {
    expect(ids(pick(sized(1000, 1000, 1000), { bytes: 2002, ops: 50 }))).toEqual([0, 1]);
    expect(ids(pick(sized(1000, 2000, 10), { bytes: 1500, ops: 50 }))).toEqual([0]); // no overtaking
  });

  it('[S10] always takes one, however large', () => {
    expect(ids(pick(sized(900_000, 1), { bytes: LEAST_BYTES, ops: 50 }))).toEqual([0]);
    expect(pick(sized(), FIRST)).toEqual([]);
  });

  it('[S10] takes at most fifty', () => {
    expect(pick(sized(...Array<number>(80).fill(10)), FIRST)).toHaveLength(50);
  });

  it('[S10] counts bytes of UTF-8, not characters', () => {
    const bytes = canonical({ note: '朴奶奶今天咳嗽'.repeat(1000) }).length;
    expect(bytes).toBe(21_011);
    expect(pick([{ bytes }, { bytes }, { bytes }, { bytes }], FIRST)).toHaveLength(3);
  });

  it('[S10] halves its bytes on a cut and doubles them on success, within bounds', () => {
    let batch = FIRST;
    const seen: number[] = [];
    for (let cut = 0; cut < 6; cut++) seen.push((batch = afterCut(batch)).bytes);
    expect(seen).toEqual([32_768, 16_384, 8_192, 4_096, 4_096, 4_096]);
    for (let success = 0; success < 10; success++) batch = afterSuccess(batch);
    expect(batch).toEqual({ bytes: MOST_BYTES, ops: MOST_OPS });
  });

  it('[S3] halves its number when it is refused as a whole, down to one', () => {
    const seen: number[] = [];
    for (let batch = FIRST, sent = 50; sent > 1; sent = batch.ops) seen.push((batch = afterDenial(batch, sent)).ops);
    expect(seen).toEqual([25, 12, 6, 3, 1]);
    expect(afterDenial(FIRST, 1).ops).toBe(1);
  });
});
