/**
 * Runs inside the field app's page, beside it, as a second tab would: puts finished visits with photos into the phone's
 * store as the app's own pages do. The app that is measured hears of them by itself.
 */
import { type Store, openStore } from '../../store';
import { sha256Bytes } from '../../sync/canonical';
import type { Attachment } from '../../sync/messages';
import { contact } from '../../sync/testing/contact';
import { LONGEST, type MakeSurface, type Picture, answerTo, paint } from '../capture/shrink';

/** Base64, all of it. */
interface Album {
  /** One picture: behind its end each photo gets bytes of its own, so that every one is as much work as the next. */
  readonly photo: string;
  readonly bytes: number;
  /** What each photo's preview shows. */
  readonly previews: readonly string[];
}

const RANDOM_AT_ONCE = 65_536;
const bytesIn = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
let store: Promise<Store> | null = null;

function unlike(picture: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  whole.set(picture);
  for (let at = picture.length; at < length; at += RANDOM_AT_ONCE)
    crypto.getRandomValues(whole.subarray(at, Math.min(length, at + RANDOM_AT_ONCE)));
  return whole;
}

const surface: MakeSurface = ({ width, height }) => {
  const source = new OffscreenCanvas(width, height);
  const context = source.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no surface to draw on');
  return {
    draw: (what, size) => paint(context, what, size),
    encode: (type, quality) => source.convertToBlob({ type, quality }),
    source,
  };
};

/** As the camera's page makes it. */
async function small(scene: string): Promise<Picture> {
  const photo = new Blob([bytesIn(scene)]);
  const made = await answerTo({ photo, longest: LONGEST }, surface);
  if (made.at !== 'done' || made.shrunk.preview === null) throw new Error('the preview could not be made');
  return made.shrunk.preview;
}

/** Makes so many visits, and gives each its share of the album. The visits, and the bytes that must reach the county. */
async function fill(visits: number, { photo, bytes, previews }: Album): Promise<{ visits: string[]; bytes: number }> {
  const phone = await (store ??= openStore());
  const picture = bytesIn(photo);
  const share = Math.floor(previews.length / visits);
  const made: string[] = [];
  for (let n = 0; n < visits; n++) {
    const blank = await contact(phone, { person: n, note: `第${n + 1}次，一切都好` });
    const { visit } = blank.body;
    const attachments: Attachment[] = [];
    for (const scene of previews.slice(n * share, (n + 1) * share)) {
      const whole = unlike(picture, bytes);
      const sha256 = await sha256Bytes(whole);
      const named = { name: `${sha256.slice(0, 32)}.jpg`, sha256, type: 'image/jpeg' };
      await phone.keepCapture({
        ...named,
        visit,
        path: '/data/photo',
        bytes: whole.buffer,
        preview: await small(scene),
        said_at: null,
      });
      attachments.push({ ...named, bytes });
    }
    const records = blank.body.records.map((record) => ({ ...record, attachments }));
    await phone.finishVisit({ ...blank, body: { ...blank.body, records } });
    made.push(visit);
  }
  const waiting = await phone.exchange.waiting();
  const { bytes: originals } = await phone.exchange.originalsOwed();
  return { visits: made, bytes: originals + waiting.reduce((sum, op) => sum + op.bytes, 0) };
}

/** What the county does not hold yet: ops and originals. */
async function owed(): Promise<number> {
  const { exchange } = await (store ??= openStore());
  return (await exchange.waiting()).length + (await exchange.originalsOwed()).count;
}

Object.assign(globalThis, { filler: { fill, owed } });
