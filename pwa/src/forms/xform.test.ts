import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('@getodk/xforms-engine');
  vi.useRealTimers();
  vi.resetModules();
});

// The engine itself cannot be made to hang or to be absent here, so these two stand in for its chunk.
it('an engine that never settles, as under a CSP without wasm-unsafe-eval, is said to be late after 20 s', async () => {
  vi.useFakeTimers();
  vi.doMock('@getodk/xforms-engine', () => new Promise(() => undefined));
  const { warm } = await import('./xform');
  const late = expect(warm()).rejects.toMatchObject({
    code: 'engineLate',
    words: expect.stringContaining('退出再进') as string,
  });
  await vi.advanceTimersByTimeAsync(19_999);
  await vi.advanceTimersByTimeAsync(1);
  await late;
});

it('an engine that is not on the phone is said to be missing', async () => {
  vi.doMock('@getodk/xforms-engine', () => {
    throw new Error('Failed to fetch dynamically imported module');
  });
  const { warm } = await import('./xform');
  await expect(warm()).rejects.toMatchObject({ code: 'engineMissing' });
});
