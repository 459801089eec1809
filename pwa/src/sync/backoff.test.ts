import { describe, expect, it } from 'vitest';
import { MOST_OBEYED_MS, backoffMs, retryAfterMs } from './backoff';

describe('waiting after a failure', () => {
  it('[S10] is spread over the whole window, which doubles up to five minutes', () => {
    expect([1, 2, 3, 4].map((tries) => backoffMs(tries, 0.999_999))).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(backoffMs(1, 0)).toBe(0);
    expect(backoffMs(20, 0.5)).toBe(150_000);
    expect(backoffMs(10_000, 0.999_999)).toBe(300_000);
  });

  it('[S10] obeys the server up to a quarter of an hour', () => {
    const now = Date.parse('2026-11-24T01:00:00.000Z');
    expect(retryAfterMs('30', now)).toBe(30_000);
    expect(retryAfterMs('86400', now)).toBe(MOST_OBEYED_MS);
    expect(retryAfterMs('Tue, 24 Nov 2026 01:02:00 GMT', now)).toBe(120_000);
    expect(retryAfterMs('Tue, 24 Nov 2026 00:00:00 GMT', now)).toBe(0);
    for (const none of [null, '', ' ', 'soon']) expect(retryAfterMs(none, now)).toBeNull();
  });
});
