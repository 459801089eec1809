import { describe, expect, it, test } from 'vitest';
import { isUuid, isUuid7, madeMs, newId, uuid7 } from './ids';
import { bytesOf, vectors } from './testing/vectors';

interface Made {
  now_ms: number;
  rand_hex: string;
}

describe('a version 7 name', () => {
  test.each(vectors<Made & { id: string }>('ids', 'uuid7'))('%s', (_, v) => {
    expect(uuid7(v.now_ms, bytesOf(v.rand_hex))).toBe(v.id);
  });

  test.each(vectors<Made>('ids', 'uuid7_refused'))('is refused: %s', (_, v) => {
    expect(() => uuid7(v.now_ms, bytesOf(v.rand_hex))).toThrow(RangeError);
  });

  test.each(vectors<{ text: string; uuid7: boolean; uuid: boolean }>('ids', 'is_uuid7'))('%s', (_, v) => {
    expect([isUuid7(v.text), isUuid(v.text)]).toEqual([v.uuid7, v.uuid]);
  });

  test.each(vectors<{ id: string; ms: number }>('ids', 'made_ms'))('%s', (_, v) => {
    expect(madeMs(v.id)).toBe(v.ms);
  });

  it('[S2] made here and now is one', () => {
    expect(isUuid7(newId())).toBe(true);
    expect(newId()).not.toBe(newId());
  });
});
