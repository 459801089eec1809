import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from './store';
import { fullDisk } from './testing/faults';
import { bytesOf, closeAll, freshPhone, id, rawText, reopened } from './testing/phone';

const VISIT = id(100);
const RECORD = id(90);
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a recording', () => {
  it('is there up to its last chunk when the tab was killed', async () => {
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    for (const n of [0, 1, 2]) await store.addChunk(recording, n, bytesOf(n, 500).buffer);
    const again = await reopened();
    const [found] = await again.recordings(VISIT, RECORD);
    expect(found).toMatchObject({ id: recording, path: '/data/voice', type: 'audio/webm', chunks: 3, bytes: 1_500 });
    const whole = new Uint8Array(await again.recordingBytes(recording));
    expect(whole).toEqual(joined(bytesOf(0, 500), bytesOf(1, 500), bytesOf(2, 500)));
    expect([await again.recordings(id(101), RECORD), await again.recordings(VISIT, id(91))]).toEqual([[], []]);
  });

  it('has its chunks in their order, each once, however often and in whichever order they were written', async () => {
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    for (const n of [10, 0, 2, 1, 2]) await store.addChunk(recording, n, bytesOf(n, 10).buffer);
    const whole = new Uint8Array(await store.recordingBytes(recording));
    expect(whole).toEqual(joined(bytesOf(0, 10), bytesOf(1, 10), bytesOf(2, 10), bytesOf(10, 10)));
    expect((await store.recordings(VISIT, RECORD))[0]).toMatchObject({ chunks: 4, bytes: 40 });
  });

  it('keeps what it has when the phone is full, and says so', async () => {
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    await store.addChunk(recording, 0, bytesOf(0, 10).buffer);
    fullDisk('chunks');
    await expect(store.addChunk(recording, 1, bytesOf(1, 10).buffer)).rejects.toMatchObject({ kind: 'quota' });
    vi.restoreAllMocks();
    expect((await store.recordings(VISIT, RECORD))[0]).toMatchObject({ chunks: 1, bytes: 10 });
    expect(new Uint8Array(await store.recordingBytes(recording))).toEqual(bytesOf(0, 10));
  });

  it('that was dropped is gone, and takes no more', async () => {
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    await store.addChunk(recording, 0, bytesOf(0, 10).buffer);
    await store.dropRecording(recording);
    expect(await store.recordings(VISIT, RECORD)).toEqual([]);
    await expect(store.addChunk(recording, 1, bytesOf(1, 10).buffer)).rejects.toMatchObject({ kind: 'gone' });
    await expect(store.recordingBytes(recording)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('lies sealed on the phone', async () => {
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    await store.addChunk(recording, 0, new TextEncoder().encode('她说的话').buffer);
    expect(await rawText()).not.toContain('她说的话');
  });
});
