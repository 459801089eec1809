/**
 * A recording on its way to the store: every two seconds a piece goes to the disk, so that a phone which dies while she
 * speaks has lost two seconds. It ends by her tap, at the limit, or when the phone takes the microphone away.
 */
import { type Accessor, createSignal } from 'solid-js';
import type { Store } from '../../store';

export const LIMIT_S = 180;
/** From here on it says how much is left. */
export const WARN_S = 150;
export const PIECE_MS = 2000;

/** The first that the browser can write. The county takes all three. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'] as const;
/** Speech, clear enough to understand everything: three minutes are half a megabyte. */
const BITS_PER_SECOND = 24_000;

export type Recording =
  | { at: 'recording'; seconds: number }
  | { at: 'done'; id: string; type: string; seconds: number }
  /** `kept`: what was on the disk before it went wrong can still be had */
  | { at: 'failed'; cause: unknown };

export interface Recorder {
  readonly state: Accessor<Recording>;
  stop(): void;
}

type Needs = Pick<Store, 'beginRecording' | 'addChunk'>;

export interface About {
  readonly visit: string;
  readonly record: string;
  readonly path: string;
}

export function typeToRecord(): string | null {
  if (typeof MediaRecorder === 'undefined') return null;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** Rejects when nothing can be recorded at all; later trouble is a state. */
export async function record(store: Needs, about: About, stream: MediaStream): Promise<Recorder> {
  const wanted = typeToRecord();
  if (wanted === null) throw new Error('this browser records nothing');
  const recorder = new MediaRecorder(stream, { mimeType: wanted, audioBitsPerSecond: BITS_PER_SECOND });
  const type = wanted.split(';')[0] ?? wanted;
  const id = await store.beginRecording({ visit: about.visit, record: about.record, path: about.path, type });
  const [state, setState] = createSignal<Recording>({ at: 'recording', seconds: 0 });
  const began = performance.now();
  const seconds = () => Math.min(LIMIT_S, Math.round((performance.now() - began) / 1000));

  let pieces = 0;
  let written: Promise<void> = Promise.resolve();
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return;
    const n = pieces++;
    written = written.then(async () => store.addChunk(id, n, await data.arrayBuffer()));
    written.catch(fail); // a full disk: she is told now, not after three minutes
  };
  const clock = setInterval(() => {
    if (state().at !== 'recording') return;
    setState({ at: 'recording', seconds: seconds() });
    if (seconds() >= LIMIT_S) stop();
  }, 250);
  const end = () => {
    clearInterval(clock);
    for (const track of stream.getTracks()) track.stop();
  };
  function fail(cause: unknown): void {
    end();
    if (recorder.state !== 'inactive') recorder.stop();
    setState({ at: 'failed', cause });
  }
  recorder.onstop = () => {
    const length = seconds();
    end();
    void written.then(
      () => setState((now) => (now.at === 'failed' ? now : { at: 'done', id, type, seconds: length })),
      fail,
    );
  };
  function stop(): void {
    if (recorder.state !== 'inactive') recorder.stop();
  }
  for (const track of stream.getAudioTracks()) track.addEventListener('ended', stop);
  recorder.start(PIECE_MS);
  return { state, stop };
}
