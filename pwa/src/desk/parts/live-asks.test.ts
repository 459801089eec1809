import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../api/client';
import { noAnswer } from '../../api/problem';
import { createLive, type Live } from './live';

type Reply = { token: string; changed: number } | null | Error;

function start(replies: Reply[]) {
  const asked: unknown[] = [];
  const askNewer = ((_path: string, ask: unknown) => {
    asked.push(ask);
    const reply = replies.shift() ?? null;
    if (reply instanceof Error) return Promise.reject(reply);
    return Promise.resolve(reply === null ? null : { value: reply, etag: `"${reply.token}"` });
  }) as Client['askNewer'];
  return createRoot((dispose): { live: Live; asked: unknown[]; dispose: () => void } => ({
    live: createLive({ askNewer }),
    asked,
    dispose,
  }));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first answer is where it starts from; later news moves the version', async () => {
  const { live, asked, dispose } = start([{ token: 'a', changed: 40 }, null, { token: 'b', changed: 1 }]);
  await vi.advanceTimersByTimeAsync(0);
  expect(live.version()).toBe(0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked[1]).toEqual({ query: { since: 'a' }, etag: '"a"' });
  expect(live.version()).toBe(0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(live.version()).toBe(1);
  dispose();
});

test('a server that is gone is said, and what was missed is loaded when it is back', async () => {
  const { live, dispose } = start([{ token: 'a', changed: 0 }, noAnswer(), null]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(live.heard().at).toBe('silent');
  await vi.advanceTimersByTimeAsync(5000);
  expect(live.heard().at).toBe('fresh');
  expect(live.version()).toBe(1);
  dispose();
});

test('it stops with its page', async () => {
  const { asked, dispose } = start([]);
  await vi.advanceTimersByTimeAsync(0);
  dispose();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(1);
});
