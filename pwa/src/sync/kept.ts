/**
 * Fetches small pictures of what was asked back, where this phone has none: the card of a correction shows what was sent,
 * without a signal too. The county lets an author read a photo through her own visit only.
 */
import type { Store } from '../store';
import type { Line } from './exchange';

/** One that does not come now is asked for after the next exchange; what she wrote goes before it (S8). */
export async function fetchKept(store: Store, { transport, anchors }: Line, mustGiveWay: () => boolean): Promise<void> {
  for (const { visit, sha256 } of await store.exchange.keptWanted()) {
    if (mustGiveWay()) return;
    const path = `/api/visits/${visit}/photos/${sha256}/preview`;
    const reply = await transport.send({ method: 'GET', path }, anchors);
    if (reply.got === 'cut' || reply.got === 'barred') return;
    const type = reply.got === 'answer' ? pictureType(reply.bytes) : null;
    if (reply.got === 'answer' && type !== null)
      await store.exchange.putKept(sha256, { type, bytes: reply.bytes.buffer });
  }
  await store.exchange.sweepKept();
}

/** By its first bytes: a hotel's page is no picture. */
function pictureType(bytes: Uint8Array): 'image/jpeg' | 'image/webp' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  const told = new TextDecoder('latin1').decode(bytes.subarray(0, 12));
  return told.startsWith('RIFF') && told.endsWith('WEBP') ? 'image/webp' : null;
}
