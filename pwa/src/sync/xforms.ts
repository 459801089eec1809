/** Fetches XForm bodies that the heads name and the phone lacks. A body is what its name says, or it is not taken. */
import type { Store } from '../store';
import { sha256Bytes } from './canonical';
import type { Line } from './exchange';

/** True when all are here. One that does not come now is asked for after the next exchange. */
export async function fetchXForms(store: Store, { transport, anchors }: Line): Promise<boolean> {
  let complete = true;
  for (const { sha256 } of await store.exchange.xformsWanted()) {
    const reply = await transport.send({ method: 'GET', path: `/api/forms/${sha256}` }, anchors);
    if (reply.got === 'cut') return false;
    if (reply.got !== 'answer' || (await sha256Bytes(reply.bytes)) !== sha256) {
      complete = false;
      continue;
    }
    await store.exchange.putXform(sha256, new TextDecoder().decode(reply.bytes));
  }
  await store.exchange.sweepXforms();
  return complete;
}
