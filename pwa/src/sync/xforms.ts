/**
 * Fetches XForm bodies that the heads name and the phone lacks, and the files that a body names as its own. What comes is
 * what its name says, or it is not taken.
 */
import type { FormFileHead, Store } from '../store';
import { sha256Bytes } from './canonical';
import type { Line } from './exchange';

/** On 20 kbit/s one takes 52 s, and a request ends after 55. */
const PIECE_BYTES = 131_072;

/**
 * True when all are here. One that does not come now is asked for after the next exchange, and so are the rest as soon as
 * something else is to be sent: what she wrote goes before what she may read (S8).
 */
export async function fetchXForms(
  store: Store,
  line: Line,
  mustGiveWay: () => boolean = () => false,
): Promise<boolean> {
  let complete = true;
  for (const { sha256 } of await store.exchange.xformsWanted()) {
    if (mustGiveWay()) return false;
    const got = await fetched(line, `/api/forms/${sha256}`, sha256);
    if (got === 'cut') return false;
    if (got === 'other') complete = false;
    else await store.exchange.putXform(sha256, new TextDecoder().decode(got));
  }
  for (const file of await store.exchange.mediaWanted()) {
    const ended = await fetchMedium(store, line, file, mustGiveWay);
    if (ended === 'cut') return false;
    if (ended === 'other') complete = false;
  }
  await store.exchange.sweepXforms();
  return complete;
}

/** In pieces, each kept as it comes: on a weak link a film would never come whole in one request. */
async function fetchMedium(
  store: Store,
  { transport, anchors }: Line,
  { sha256, type, bytes: size }: FormFileHead,
  mustGiveWay: () => boolean,
): Promise<'here' | 'other' | 'cut'> {
  let here = await store.exchange.mediumBegun(sha256);
  while (here.length < size) {
    if (mustGiveWay()) return 'cut';
    const until = Math.min(here.length + PIECE_BYTES, size);
    const request = {
      method: 'GET',
      path: `/api/forms/media/${sha256}`,
      part: `bytes=${here.length}-${until - 1}`,
    } as const;
    const reply = await transport.send(request, anchors);
    if (reply.got === 'cut' || reply.got === 'barred') return 'cut';
    if (reply.got !== 'answer' || reply.bytes.length !== until - here.length) return 'other';
    here = joined(here, reply.bytes);
    if (here.length < size) await store.exchange.putMedium(sha256, { type, bytes: here.buffer }, true);
  }
  const right = (await sha256Bytes(here)) === sha256;
  await store.exchange.putMedium(sha256, { type, bytes: right ? here.buffer : new ArrayBuffer(0) }, !right);
  return right ? 'here' : 'other';
}

function joined(first: Uint8Array<ArrayBuffer>, then: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + then.length);
  both.set(first);
  both.set(then, first.length);
  return both;
}

/** The bytes of this name; 'other' when something else came, 'cut' when nothing more can be asked for now. */
async function fetched(
  { transport, anchors }: Line,
  path: string,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer> | 'other' | 'cut'> {
  const reply = await transport.send({ method: 'GET', path }, anchors);
  if (reply.got === 'cut' || reply.got === 'barred') return 'cut';
  return reply.got === 'answer' && (await sha256Bytes(reply.bytes)) === sha256 ? reply.bytes : 'other';
}
