/**
 * What is taken becomes what the store keeps: bytes, their hash, and the name under which the record knows them. The
 * name is made of the hash, so the same picture twice is one file.
 */
import type { Picture } from './shrink';

const ENDING: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
};

/** Of one family with MP4, and told as such: what an iPhone and an old Android write. */
const ALSO_MP4 = new Set(['video/quicktime', 'video/3gpp']);

export interface Kept {
  readonly name: string;
  readonly sha256: string;
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/** Lower-case hex, as the wire names files. */
async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `audio/webm;codecs=opus` is `audio/webm` to the county. Throws RangeError for a type that it does not take. */
export async function keptOf(picture: Picture): Promise<Kept> {
  const said = picture.type.split(';')[0]?.trim().toLowerCase() ?? '';
  const type = ALSO_MP4.has(said) ? 'video/mp4' : said;
  const ending = ENDING[type];
  if (ending === undefined) throw new RangeError(`not a type to keep: ${picture.type}`);
  const hash = await sha256(picture.bytes);
  return { name: `${hash.slice(0, 32)}.${ending}`, sha256: hash, type, bytes: picture.bytes };
}
