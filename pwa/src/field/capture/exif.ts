/**
 * When a photo says that it was taken, read from its EXIF before drawing it anew drops that. Only DateTimeOriginal and
 * its zone are looked for: where it was taken is nobody's business here, and goes.
 */

/** `offset` as EXIF writes it, "+08:00"; null where the camera kept none. */
export interface TakenAt {
  /** YYYY-MM-DD and HH:MM:SS by the camera's own clock. */
  readonly day: string;
  readonly time: string;
  readonly offset: string | null;
}

const JPEG = 0xffd8;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;
const EXIF_HEADER = 0x45786966; // "Exif"
const EXIF_IFD = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;
const OFFSET_TIME_ORIGINAL = 0x9011;
const ASCII = 2;
const LONG = 4;
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 512;

/** null when the file is no JPEG, has no EXIF, or says no time that can be one. */
export function takenAt(bytes: ArrayBuffer): TakenAt | null {
  try {
    return takenIn(new DataView(bytes));
  } catch (cause) {
    if (cause instanceof RangeError) return null; // a length that points beyond the end
    throw cause;
  }
}

function takenIn(file: DataView): TakenAt | null {
  const tiff = tiffOf(file);
  if (tiff === null) return null;
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  const exif = entries(tiff, first, little).find(({ tag, type }) => tag === EXIF_IFD && type === LONG);
  if (exif === undefined) return null;
  const tags = entries(tiff, tiff.getUint32(exif.at, little), little);
  const text = (wanted: number): string | null => {
    const found = tags.find(({ tag, type }) => tag === wanted && type === ASCII);
    return found === undefined ? null : asciiAt(tiff, found, little);
  };
  const said = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text(DATE_TIME_ORIGINAL) ?? '');
  if (said === null || said[1] === '0000') return null;
  const offset = /^[+-]\d{2}:\d{2}/.exec(text(OFFSET_TIME_ORIGINAL) ?? '')?.[0] ?? null;
  return { day: `${said[1]}-${said[2]}-${said[3]}`, time: said[4] ?? '', offset };
}

/** The TIFF part of the EXIF segment: everything in it is counted from its own beginning. */
function tiffOf(file: DataView): DataView | null {
  if (file.byteLength < 4 || file.getUint16(0) !== JPEG) return null;
  let at = 2;
  while (at + 4 <= file.byteLength) {
    const marker = file.getUint16(at);
    if (marker < 0xff00 || marker === START_OF_SCAN) return null;
    const length = file.getUint16(at + 2);
    if (marker === APP1 && length > 8 && file.getUint32(at + 4) === EXIF_HEADER)
      return new DataView(file.buffer, file.byteOffset + at + 10, Math.min(length - 8, file.byteLength - at - 10));
    at += 2 + length;
  }
  return null;
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** where its value, or the way to it, stands */
  readonly at: number;
}

function entries(tiff: DataView, at: number, little: boolean): Entry[] {
  const count = Math.min(tiff.getUint16(at, little), MOST_ENTRIES);
  return Array.from({ length: count }, (_, index) => {
    const entry = at + 2 + index * ENTRY_BYTES;
    return {
      tag: tiff.getUint16(entry, little),
      type: tiff.getUint16(entry + 2, little),
      count: tiff.getUint32(entry + 4, little),
      at: entry + 8,
    };
  });
}

/** Up to four letters stand in the entry itself, more of them elsewhere. */
function asciiAt(tiff: DataView, { count, at }: Entry, little: boolean): string {
  const from = count <= 4 ? at : tiff.getUint32(at, little);
  const length = Math.min(count, 32);
  return Array.from({ length }, (_, index) => String.fromCharCode(tiff.getUint8(from + index))).join('');
}
