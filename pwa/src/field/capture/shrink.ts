/**
 * A photo as it is kept and sent: at most so many pixels at its longer side, and beside it a preview so small that the
 * poorest line carries it with the words. Drawn anew, so nothing of the camera's own notes (the place!) goes along.
 *
 * The same in the worker and, where a browser cannot draw there, on the page: only the surface differs.
 */

/** Longest side of an original, unless its question says `max-pixels`. */
export const LONGEST = 1600;
const QUALITY = 0.75;
const PREVIEW_BYTES = 24_000;
/** Smaller and coarser until it fits; the first nearly always does. */
const PREVIEWS = [
  { longest: 320, quality: 0.55 },
  { longest: 320, quality: 0.4 },
  { longest: 240, quality: 0.4 },
  { longest: 160, quality: 0.4 },
  { longest: 96, quality: 0.3 },
] as const;
const TYPE = 'image/jpeg';
/** A quarter less to send for as good a preview. Safari reads it and does not write it: there they are JPEG. */
const SMALL_TYPE = 'image/webp';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

export interface Shrunk {
  readonly original: Picture;
  /** null when even the coarsest is too large */
  readonly preview: Picture | null;
}

/** Something to draw on, of one size. */
export interface Surface {
  draw(source: CanvasImageSource, size: Size): void;
  /** Of another type where the browser cannot write this one; rejects when it writes none. */
  encode(type: string, quality: number): Promise<Blob>;
  readonly source: CanvasImageSource;
}

export type MakeSurface = (size: Size) => Surface;

/** What the page asks of whoever draws. */
export interface Asked {
  /** a file, or a frame of the camera */
  readonly photo: Blob | ImageBitmap;
  readonly longest: number;
}

export type Answer = { at: 'done'; shrunk: Shrunk } | { at: 'unreadable' } | { at: 'failed' };

export async function answerTo({ photo, longest }: Asked, surface: MakeSurface): Promise<Answer> {
  const bitmap = photo instanceof Blob ? await decode(photo).catch(() => null) : photo;
  if (bitmap === null) return { at: 'unreadable' };
  try {
    return { at: 'done', shrunk: await shrink(bitmap, bitmap, longest, surface) };
  } catch {
    return { at: 'failed' };
  } finally {
    if (bitmap !== photo) bitmap.close();
  }
}

/** Never enlarged; a side is at least one pixel. */
export function fitInto({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export async function shrink(
  source: CanvasImageSource,
  size: Size,
  longest: number,
  surface: MakeSurface,
): Promise<Shrunk> {
  const whole = fitInto(size, longest);
  const drawn = surface(whole);
  drawn.draw(source, whole);
  const original = await picture(drawn, QUALITY);
  for (const step of PREVIEWS) {
    const little = fitInto(whole, step.longest);
    const small = surface(little);
    small.draw(drawn.source, little);
    const preview = await picture(small, step.quality, SMALL_TYPE);
    if (preview.bytes.byteLength <= PREVIEW_BYTES) return { original, preview };
  }
  return { original, preview: null };
}

async function picture(surface: Surface, quality: number, type = TYPE): Promise<Picture> {
  const blob = await surface.encode(type, quality);
  if (blob.type !== type && type !== TYPE) return picture(surface, quality); // it wrote another one, as it may
  return { type, bytes: await blob.arrayBuffer() };
}

/** As the picture is meant to stand. Browsers before 2023 do so by themselves, and refuse to be asked. */
async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return createImageBitmap(file);
  }
}

/** Of the two kinds of context that there are, what both have. */
type Drawing = Pick<
  OffscreenCanvasRenderingContext2D,
  'fillStyle' | 'fillRect' | 'imageSmoothingQuality' | 'drawImage'
>;

/** What is see-through in a screenshot turns white, as on paper; JPEG would make it black. */
export function paint(context: Drawing, source: CanvasImageSource, { width, height }: Size): void {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
}
