/** Fetches XForm bodies that the heads name and the phone lacks. A body is what its name says, or it is not taken. */
import type { Store } from '../store';
import { sha256Bytes } from './canonical';
import type { Line } from './exchange';

/**
 * True when all are here. One that does not come now is asked for after the next exchange, and so are the rest as soon as
 * something else is to be sent: what she wrote goes before what she may read (S8).
 */
export async function fetchXForms(
  store: Store,
  { transport, anchors }: Line,
  mustGiveWay: () => boolean = () => false,
): Promise<boolean> {
  let complete = true;
  for (const { sha256 } of await store.exchange.xformsWanted()) {
    if (mustGiveWay()) return false;
    const reply = await transport.send({ method: 'GET', path: `/api/forms/${sha256}` }, anchors);
    if (reply.got === 'cut' || reply.got === 'barred') return false;
    if (reply.got !== 'answer' || (await sha256Bytes(reply.bytes)) !== sha256) {
      complete = false;
      continue;
    }
    await store.exchange.putXform(sha256, new TextDecoder().decode(reply.bytes));
  }
  await store.exchange.sweepXforms();
  return complete;
}
