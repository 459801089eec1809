/**
 * Makes a photo smaller, one after the other: in the worker, or on the page where a browser has no canvas outside of it
 * (or the worker could not be had). Throws PhotoUnreadable for a file that is no picture.
 */
import { type Answer, type Asked, answerTo, type MakeSurface, paint, type Shrunk } from './shrink';

export class PhotoUnreadable extends Error {
  override readonly name = 'PhotoUnreadable';
}

let last: Promise<unknown> = Promise.resolve();
let worker: Worker | null = null;

export function downscale(photo: Blob | ImageBitmap, longest: number): Promise<Shrunk> {
  const next = last.then(() => one({ photo, longest }));
  last = next.catch(() => undefined);
  return next;
}

async function one(asked: Asked): Promise<Shrunk> {
  const answer = (await inWorker(asked)) ?? (await answerTo(asked, surface));
  switch (answer.at) {
    case 'done':
      return answer.shrunk;
    case 'unreadable':
      throw new PhotoUnreadable();
    case 'failed':
      throw new Error('the photo could not be drawn');
  }
}

const worksApart = (): boolean => typeof OffscreenCanvas === 'function' && typeof Worker === 'function';

/** null: there is no worker to ask, or it could not draw; the page does it then. */
async function inWorker(asked: Asked): Promise<Answer | null> {
  if (!worksApart()) return null;
  const asks = (worker ??= new Worker(new URL('./downscale.worker.ts', import.meta.url), { type: 'module' }));
  const answer = await new Promise<Answer | null>((resolve) => {
    asks.onmessage = (event: MessageEvent<Answer>) => resolve(event.data);
    asks.onerror = () => resolve(null);
    asks.postMessage(asked); // a frame is copied, not handed over: the page may still have to draw it
  });
  if (answer === null || answer.at === 'failed') {
    asks.terminate();
    worker = null;
    return null;
  }
  return answer;
}

const surface: MakeSurface = ({ width, height }) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no surface to draw on');
  return {
    draw: (source, size) => paint(context, source, size),
    encode: (type, quality) =>
      new Promise((resolve, reject) =>
        canvas.toBlob((blob) => (blob === null ? reject(new Error('not written')) : resolve(blob)), type, quality),
      ),
    source: canvas,
  };
};
