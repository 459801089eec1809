/** A recording over the real store: every piece is on the disk when the phone dies, and a full disk is told at once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Store, StoreError } from '../../store';
import { closeAll, freshPhone, reopened } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { keepRecording } from './photo';
import { record } from './recorder';

/** What a browser's recorder does, as the test says: pieces come when they are given. */
class Recorder {
  static made: Recorder[] = [];
  static isTypeSupported = (type: string) => type.startsWith('audio/webm');
  state: 'inactive' | 'recording' = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  constructor(
    readonly stream: MediaStream,
    readonly options: { mimeType: string },
  ) {
    Recorder.made.push(this);
  }
  start() {
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    this.give('last');
    this.onstop?.();
  }
  give(text: string) {
    const { buffer } = new TextEncoder().encode(text);
    this.ondataavailable?.({ data: { size: buffer.byteLength, arrayBuffer: () => Promise.resolve(buffer) } as Blob });
  }
}

const track = { stop: vi.fn(), addEventListener: vi.fn() };
const stream = { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
const about = { visit: newId(), record: newId(), path: '/data/voice' };
const text = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);
let store: Store;

beforeEach(async () => {
  vi.stubGlobal('MediaRecorder', Recorder);
  store = await freshPhone();
});
afterEach(() => {
  closeAll();
  vi.unstubAllGlobals();
});

async function begun(on: Parameters<typeof record>[0] = store) {
  const recording = await record(on, about, stream);
  return { recording, microphone: Recorder.made.at(-1)! };
}

test('what was said until the phone died is there when the form is opened again, and can be used', async () => {
  const { microphone } = await begun();
  microphone.give('first ');
  microphone.give('second ');
  await vi.waitFor(async () => expect((await store.recordings(about.visit, about.record))[0]?.chunks).toBe(2));
  // the tab is killed here: nothing is stopped, nothing is closed
  const again = await reopened();
  const [left] = await again.recordings(about.visit, about.record);
  expect(left).toMatchObject({ path: about.path, type: 'audio/webm', chunks: 2 });
  expect(text(await again.recordingBytes(left!.id))).toBe('first second ');
  const name = await keepRecording(again, about, left!);
  expect(text((await again.captureBytes(name))!.bytes)).toBe('first second ');
  expect(await again.recordings(about.visit, about.record)).toEqual([]);
});

test('it is done when its last piece is on the disk, and the microphone is off', async () => {
  const { recording, microphone } = await begun();
  microphone.give('first ');
  recording.stop();
  await vi.waitFor(() => expect(recording.state()).toMatchObject({ at: 'done', type: 'audio/webm' }));
  const done = recording.state() as { id: string };
  expect(text(await store.recordingBytes(done.id))).toBe('first last');
  expect(track.stop).toHaveBeenCalled();
});

test('a full disk ends it at once, and says so', async () => {
  const full = { ...store, addChunk: () => Promise.reject(new StoreError('quota')) };
  const { recording, microphone } = await begun(full);
  microphone.give('first');
  await vi.waitFor(() => expect(recording.state()).toMatchObject({ at: 'failed', cause: { kind: 'quota' } }));
  expect(microphone.state).toBe('inactive');
});
