import { describe, expect, it } from 'vitest';
import { LocalLocks } from './local-locks';
import { acquire } from './locks';

describe('a lock', () => {
  it('is had by one at a time, in the order of asking', async () => {
    const first = await acquire('a', 1000);
    expect(await acquire('a', 'now')).toBeNull();
    const order: number[] = [];
    const second = acquire('a', 1000).then((held) => (order.push(2), held));
    const third = acquire('a', 1000).then((held) => (order.push(3), held));
    await first?.release();
    await (await second)?.release();
    await (await third)?.release();
    expect(order).toEqual([2, 3]);
    const again = await acquire('a', 'now');
    expect(again).not.toBeNull();
    await again?.release();
  });

  it('tells its holder that somebody else waits', async () => {
    const held = await acquire('d', 1000);
    expect(await held?.isWanted()).toBe(false);
    const next = acquire('d', 1000);
    expect(await held?.isWanted()).toBe(true);
    await held?.release();
    expect(await (await next)?.isWanted()).toBe(false);
    await (await next)?.release();
  });

  it('[S10] that is held too long is taken over, and its holder hears of it', async () => {
    const frozen = await acquire('b', 1000);
    expect(frozen?.isLost()).toBe(false);
    const taken = await acquire('b', 20);
    await frozen?.lost;
    expect(frozen?.isLost()).toBe(true);
    expect(taken?.isLost()).toBe(false);
    await frozen?.release(); // too late, and of no effect on the new holder
    expect(await acquire('b', 'now')).toBeNull();
    await taken?.release();
    await (await acquire('b', 'now'))?.release();
  });

  it('passes on when work under it fails', async () => {
    const locks = new LocalLocks();
    await expect(locks.request('c', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await locks.request('c', { ifAvailable: true }, (lock) => {
      expect(lock).not.toBeNull();
      return Promise.resolve();
    });
  });
});
