import { describe, expect, it, test } from 'vitest';
import { correct, parse, text } from './clock';
import type { Anchor, At } from './messages';
import { moment } from './moment';
import { vectors } from './testing/vectors';

interface Corrected {
  at: At;
  anchors: Anchor[];
  corrected: string;
  certain: boolean;
  offset_ms: number | null;
}

describe('a moment', () => {
  test.each(vectors<{ text: string; ms: number }>('clock', 'parse'))('is read and written: %s', (_, v) => {
    expect(parse(v.text)).toBe(v.ms);
    expect(text(v.ms)).toBe(v.text);
  });

  test.each(vectors<{ text: string }>('clock', 'parse_refused'))('is not %s', (_, v) => {
    expect(() => parse(v.text)).toThrow(RangeError);
  });

  test.each(vectors<Corrected>('clock', 'correct'))("by the server's clock: %s", (_, v) => {
    expect(correct(v.at, v.anchors)).toEqual({
      ms: parse(v.corrected),
      certain: v.certain,
      offsetMs: v.offset_ms,
    });
  });

  it('[S9] of this phone says its wall clock, its running clock and this start of the app', () => {
    const [first, second] = [moment(), moment()];
    expect(parse(first.wall)).toBeGreaterThan(0);
    expect(second.start).toBe(first.start);
    expect(second.mono).toBeGreaterThanOrEqual(first.mono);
  });
});
