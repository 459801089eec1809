/**
 * The worker that makes photos smaller, so that the page answers the finger meanwhile. One message in, one out; the
 * page asks one at a time, because two large photos at once are more than a cheap phone's memory holds.
 */
import { type Asked, answerTo, type MakeSurface, paint } from './shrink';

const surface: MakeSurface = ({ width, height }) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no surface to draw on');
  return {
    draw: (source, size) => paint(context, source, size),
    encode: (type, quality) => canvas.convertToBlob({ type, quality }),
    source: canvas,
  };
};

addEventListener('message', (event: MessageEvent<Asked>) => {
  void answerTo(event.data, surface).then((said) => {
    const buffers = said.at === 'done' ? [said.shrunk.original.bytes, said.shrunk.preview?.bytes] : [];
    postMessage(
      said,
      buffers.filter((each): each is ArrayBuffer => each !== undefined),
    );
  });
});
