import { describe, expect, it } from 'vitest';
import {
  FIRST,
  LEAST_BYTES,
  MOST_BYTES,
  MOST_OPS,
  MOST_PREVIEWS,
  afterCut,
  afterDenial,
  afterSuccess,
  pick,
  pickPreviews,
  previewCost,
} from './batch';
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

describe('previews', () => {
  it('[S8] go with the ops while the budget lasts, in their order', () => {
    const three = sized(12_000, 12_000, 12_000);
    const room = 2 * previewCost(12_000);
    expect(ids(pickPreviews(three, { bytes: 5_000 + room, ops: 50 }, 5_000))).toEqual([0, 1]);
    expect(ids(pickPreviews(three, { bytes: 4_999 + room, ops: 50 }, 5_000))).toEqual([0]);
    expect(ids(pickPreviews(three, { bytes: 5_001, ops: 50 }, 5_000))).toEqual([]);
  });

  it('[S8] one goes in any case when no op does, else a bad line would keep them for ever', () => {
    expect(ids(pickPreviews(sized(24_000, 24_000), { bytes: LEAST_BYTES, ops: 50 }, 0))).toEqual([0]);
    expect(ids(pickPreviews(sized(24_000), { bytes: LEAST_BYTES, ops: 50 }, 1))).toEqual([]);
  });

  it('are at most as many as the county takes', () => {
    const many = Array.from({ length: 80 }, (_, id) => ({ id, bytes: 1 }));
    expect(pickPreviews(many, { bytes: MOST_BYTES, ops: 50 }, 0)).toHaveLength(MOST_PREVIEWS);
  });

  it('cost what they weigh in JSON', () => {
    const preview = { of: 'a'.repeat(64), type: 'image/jpeg', base64: 'A'.repeat(Math.ceil(24_000 / 3) * 4) };
    expect(previewCost(24_000)).toBeGreaterThanOrEqual(canonical(preview).length + 1);
  });
});
