import { getOwner } from 'solid-js';
import { describe, expect, it } from 'vitest';
import { open } from './fixtures/cast';

/** The median of some, so that a busy machine does not decide. */
function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

describe('the engine that the tests and the phone run', () => {
  it('does not leave a computation behind at each edit of a field that a label quotes', async () => {
    expect(getOwner()).toBeNull();
    const filling = await open('widgets');
    const edit = (n: number) => {
      const began = performance.now();
      filling.set('/data/called', `第${n}次`);
      return performance.now() - began;
    };
    const times = Array.from({ length: 600 }, (_, n) => edit(n));
    const early = median(times.slice(50, 150));
    const late = median(times.slice(500));
    expect(filling.question('/data/story')?.label).toBe('第599次说了什么');
    expect(late).toBeLessThan(early * 2 + 0.2);
  });
});
