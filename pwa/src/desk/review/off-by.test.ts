import { describe, expect, it } from 'vitest';
import { offBy } from './off-by';

describe('how far a clock was off', () => {
  it.each([
    [0, 'seconds', 0],
    [-3_400, 'seconds', 3],
    [119_400, 'seconds', 119],
    [120_000, 'minutes', 2],
    [-7_100_000, 'minutes', 118],
    [7_200_000, 'hours', 2],
    [137_700_000, 'hours', 38],
  ] as const)('%d ms are said in %s', (offset, unit, n) => {
    expect(offBy(offset)).toEqual({ unit, n });
  });
});
