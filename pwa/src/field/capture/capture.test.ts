/** What is read off a photo, how small it gets, and under which name it is kept. */
import { expect, test } from 'vitest';
import { takenAt } from './exif';
import { keptOf } from './kept';
import { FileTooLarge, keepFile, MOST_FILE_BYTES } from './photo';
import { secondsOf } from './lengths';
import { saidAt } from './said-at';
import { answerTo, fitInto, type MakeSurface, type Size } from './shrink';

/** A JPEG's beginning with an EXIF that says these; written by hand after the TIFF of a phone. */
function jpeg(texts: readonly (readonly [tag: number, text: string])[], little = true): ArrayBuffer {
  const exifAt = 26;
  const dataAt = exifAt + 2 + texts.length * 12 + 4;
  const tiff = new DataView(new ArrayBuffer(dataAt + texts.reduce((sum, [, text]) => sum + text.length + 1, 0)));
  const ascii = (at: number, text: string) =>
    [...text].forEach((letter, i) => tiff.setUint8(at + i, letter.charCodeAt(0)));
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.setUint16(at, tag, little);
    tiff.setUint16(at + 2, type, little);
    tiff.setUint32(at + 4, count, little);
    tiff.setUint32(at + 8, value, little);
  };
  ascii(0, little ? 'II' : 'MM');
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  entry(10, 0x8769, 4, 1, exifAt);
  tiff.setUint16(exifAt, texts.length, little);
  let at = dataAt;
  texts.forEach(([tag, text], index) => {
    entry(exifAt + 2 + index * 12, tag, 2, text.length + 1, at);
    ascii(at, text);
    at += text.length + 1;
  });
  const file = new Uint8Array(12 + tiff.byteLength);
  file.set([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  new DataView(file.buffer).setUint16(4, tiff.byteLength + 8);
  file.set(new Uint8Array(tiff.buffer), 12);
  return file.buffer;
}

const ORIGINAL = 0x9003;
const OFFSET = 0x9011;

test('a photo says when it was taken, by its own zone or by the county’s', () => {
  const zoned = jpeg([
    [ORIGINAL, '2026:11:24 09:48:30'],
    [OFFSET, '+09:00'],
  ]);
  expect(takenAt(zoned)).toEqual({ day: '2026-11-24', time: '09:48:30', offset: '+09:00' });
  expect(saidAt(takenAt(zoned), 'Asia/Shanghai')).toBe('2026-11-24T00:48:30.000Z');
  const bare = jpeg([[ORIGINAL, '2026:11:24 09:48:30']], false);
  expect(saidAt(takenAt(bare), 'Asia/Shanghai')).toBe('2026-11-24T01:48:30.000Z');
});

test.each([
  ['a screenshot without notes', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]).buffer],
  ['an empty file', new ArrayBuffer(0)],
  ['a camera whose clock was never set', jpeg([[ORIGINAL, '0000:00:00 00:00:00']])],
  ['a file that was cut off in its notes', jpeg([[ORIGINAL, '2026:11:24 09:48:30']]).slice(0, 40)],
])('%s says no time, and that is no error', (_what, bytes) =>
  expect(saidAt(takenAt(bytes), 'Asia/Shanghai')).toBeNull(),
);

test('a photo is made smaller by its longer side, and never larger', () => {
  expect(fitInto({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitInto({ width: 3000, height: 4000 }, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(fitInto({ width: 640, height: 480 }, 1600)).toEqual({ width: 640, height: 480 });
  expect(fitInto({ width: 9000, height: 2 }, 1600)).toEqual({ width: 1600, height: 1 });
});

/** A surface whose pictures have as many bytes as `weight` says of their size and quality. */
const weighing =
  (
    weight: (size: Size, quality: number) => number,
    drawn: Size[],
    writes = ['image/jpeg', 'image/webp'],
  ): MakeSurface =>
  (size) => ({
    draw: () => void drawn.push(size),
    encode: (asked, quality) => {
      const type = writes.includes(asked) ? asked : 'image/png';
      return Promise.resolve({
        type,
        arrayBuffer: () => Promise.resolve(new ArrayBuffer(weight(size, quality))),
      } as Blob);
    },
    source: null as unknown as CanvasImageSource,
  });
const frame = { width: 4000, height: 3000, close: () => undefined } as ImageBitmap;

test('the preview gets coarser until it is at most 24 kB; one that never fits is left out', async () => {
  const sizes: Size[] = [];
  const heavy = weighing(({ width, height }, quality) => Math.round(width * height * quality * 0.7), sizes);
  const done = await answerTo({ photo: frame, longest: 1600 }, heavy);
  expect(done.at === 'done' && done.shrunk.original.bytes.byteLength).toBe(1_008_000);
  expect(done.at === 'done' && done.shrunk.preview?.bytes.byteLength).toBe(21_504);
  expect(sizes).toEqual([
    { width: 1600, height: 1200 },
    { width: 320, height: 240 },
    { width: 320, height: 240 },
  ]);
  const never = await answerTo(
    { photo: frame, longest: 1600 },
    weighing(() => 25_000, []),
  );
  expect(never.at === 'done' && never.shrunk.preview).toBeNull();
});

test.each([
  ['WebP', undefined, 'image/webp'],
  ['JPEG where the browser writes no WebP', ['image/jpeg'], 'image/jpeg'],
])('a preview is %s, a photo is JPEG', async (_what, writes, type) => {
  const done = await answerTo(
    { photo: frame, longest: 1600 },
    weighing(() => 9_000, [], writes),
  );
  expect(done.at === 'done' && [done.shrunk.original.type, done.shrunk.preview?.type]).toEqual(['image/jpeg', type]);
});

test('a browser that cannot write the picture says so, and takes nothing with it', async () => {
  const broken: MakeSurface = () => {
    throw new Error('no memory');
  };
  expect(await answerTo({ photo: frame, longest: 1600 }, broken)).toEqual({ at: 'failed' });
});

test('a file is named by its bytes, so that the same picture twice is one', async () => {
  const bytes = new TextEncoder().encode('abc').buffer;
  const kept = await keptOf({ type: 'audio/webm;codecs=opus', bytes });
  expect(kept).toMatchObject({
    name: 'ba7816bf8f01cfea414140de5dae2223.webm',
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    type: 'audio/webm',
  });
  expect((await keptOf({ type: 'image/jpeg', bytes })).name).toMatch(/\.jpg$/);
  await expect(keptOf({ type: 'text/html', bytes })).rejects.toThrow(RangeError);
});

test('a film and a PDF are kept as they are, up to what the county takes', async () => {
  const kept: unknown[] = [];
  const store = { keepCapture: (capture: unknown) => Promise.resolve(void kept.push(capture)) };
  const about = { visit: 'v', path: '/data/film', longest: 1600, timeZone: 'Asia/Shanghai' };
  const file = (type: string) =>
    Object.assign(new Blob(['abc'], { type }), { arrayBuffer: () => Promise.resolve(new Uint8Array([97]).buffer) });
  expect(await keepFile(store, about, file('video/quicktime'))).toMatch(/\.mp4$/);
  expect(await keepFile(store, about, file('application/pdf'))).toMatch(/\.pdf$/);
  expect(kept).toMatchObject([
    { type: 'video/mp4', preview: null, said_at: null },
    { type: 'application/pdf', path: '/data/film' },
  ]);
  const large = new Blob([new Uint8Array(MOST_FILE_BYTES + 1)], { type: 'video/mp4' });
  await expect(keepFile(store, about, large)).rejects.toThrow(FileTooLarge);
  await expect(keepFile(store, about, file('application/msword'))).rejects.toThrow(RangeError);
  expect(kept).toHaveLength(2);
});

test('a recording that was cut off is as long as the pieces that reached the disk', () =>
  expect(secondsOf(7)).toBe(14));
