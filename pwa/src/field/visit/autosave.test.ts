import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StoreError } from '../../store/errors';
import { autosave } from './autosave';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A disk that answers when the test says so. */
function disk() {
  const waiting: { done: () => void; fail: (cause: Error) => void }[] = [];
  const write = vi.fn(
    () => new Promise<void>((done, fail) => waiting.push({ done: () => done(), fail: (cause) => fail(cause) })),
  );
  const settle = async (how: Error | null) => {
    const next = waiting.shift()!;
    if (how === null) next.done();
    else next.fail(how);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { write, settle };
}

test('every answer is on its way to the disk a tenth of a second after the first that is not saved', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(60);
  save.touch(); // she types on: that may not put the first letter off
  await vi.advanceTimersByTimeAsync(40);
  expect(write).toHaveBeenCalledTimes(1);
  expect(save.saving()).toEqual({ at: 'saving' });
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
});

test('what changes while a slow write is under way is written after it', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  save.touch();
  await settle(null);
  expect(write).toHaveBeenCalledTimes(2);
  expect(save.saving()).toEqual({ at: 'saving' });
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
});

test('what is answered after a slow write, which outlasted its timer, is written too', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  save.touch();
  await vi.advanceTimersByTimeAsync(500); // the second change's timer runs out while the first is still being written
  await settle(null);
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  expect(write).toHaveBeenCalledTimes(3);
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
});

test('one failing write is tried again in silence, two say 没保存 until one goes through', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await settle(new Error('disk'));
  expect(save.saving()).toEqual({ at: 'saving' });
  await settle(new StoreError('quota'));
  expect(save.saving()).toEqual({ at: 'failed', full: true });
  const again = save.flush();
  await settle(null);
  await expect(again).resolves.toBe(true);
  expect(save.saving()).toEqual({ at: 'saved' });
});

/** Both attempts of a write fail. */
async function failTwice(settle: (how: Error | null) => Promise<void>): Promise<void> {
  await settle(new Error('disk'));
  await settle(new Error('disk'));
}

test('what could not be saved is tried again by itself, seldomer and seldomer, until it is', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await failTwice(settle);
  for (const [round, wait] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    expect(save.saving().at).toBe('failed');
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(write).toHaveBeenCalledTimes(2 + 2 * round);
    await vi.advanceTimersByTimeAsync(1);
    expect(write).toHaveBeenCalledTimes(3 + 2 * round);
    await failTwice(settle);
  }
  await vi.advanceTimersByTimeAsync(30_000);
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
  const written = write.mock.calls.length;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(write).toHaveBeenCalledTimes(written);
});

test('a change after a failure is tried at once, and the next failure waits briefly again once one went through', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await failTwice(settle);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await settle(null);
  expect(save.saving()).toEqual({ at: 'saved' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(write).toHaveBeenCalledTimes(3);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await failTwice(settle);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(write).toHaveBeenCalledTimes(6);
  await settle(null);
});

test('nothing is tried again while the visit is being finished, nor after the page was left', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await failTwice(settle);
  const goOn = save.hold();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(write).toHaveBeenCalledTimes(2);
  goOn();
  expect(write).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(0);
  await failTwice(settle);
  save.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(write).toHaveBeenCalledTimes(4);
});

test('flush writes at once and says whether everything is on the disk', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  await expect(save.flush()).resolves.toBe(true);
  expect(write).not.toHaveBeenCalled();
  save.touch();
  const flushed = save.flush();
  await settle(new Error('disk'));
  await settle(new Error('disk'));
  await expect(flushed).resolves.toBe(false);
});

test('a draft that another tab has taken is not fought over', async () => {
  const { write, settle } = disk();
  const save = autosave(write);
  save.touch();
  await vi.advanceTimersByTimeAsync(100);
  await settle(new StoreError('draft_moved'));
  expect(save.saving()).toEqual({ at: 'elsewhere' });
  save.touch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(write).toHaveBeenCalledTimes(1);
});
