import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Change, VisitBody } from '../sync/messages';
import type { Store } from './store';
import { bodyWith, closeAll, EPOCH, FORM_SHA, freshPhone, hear, id, photo, SHAN, visitHead } from './testing/phone';

const FEED = `user:${SHAN}`;
const VISIT = id(100);
let store: Store;
let seq = 0;
beforeEach(async () => {
  store = await freshPhone();
  seq = 0;
});
afterEach(closeAll);

/** The county's word of a visit that another phone of hers sent. */
function told(body: VisitBody, state: 'returned' | 'approved'): Change {
  seq += 1;
  const records = body.records.map((record) => ({ ...record, sha256: FORM_SHA }));
  const returned = {
    decision: id(300),
    by: '佟立岩',
    at: '2026-11-24T03:00:00.000Z',
    by_day: null,
    words: '照片太暗',
    comments: [],
    body: { ...body, records },
  };
  return visitHead(body.visit, id(200), seq, { state, returned: state === 'returned' ? returned : null });
}

const come = (change: Change): Promise<unknown> =>
  hear(store, { changes: [change], cursor: { epoch: EPOCH, feeds: { [FEED]: change.seq } } });

const PREVIEW = { type: 'image/jpeg', bytes: new Uint8Array([0xff, 0xd8, 1, 2, 3]).buffer };

it('asks for pictures of what came back only where it has none, and shows them without a signal', async () => {
  const there = await photo(VISIT, 1);
  const missing = await photo(VISIT, 2);
  await store.keepCapture(there);
  await come(told(bodyWith(VISIT, there, missing), 'returned'));
  expect(await store.exchange.keptWanted()).toEqual([{ visit: VISIT, sha256: missing.sha256 }]);

  await store.exchange.putKept(missing.sha256, PREVIEW);
  expect(await store.exchange.keptWanted()).toEqual([]);
  expect(await store.capturePreview(missing.name)).toEqual(PREVIEW);
});

it('lets them go once nobody asks any more, and never what was taken on this phone', async () => {
  const own = await photo(VISIT, 1);
  const missing = await photo(VISIT, 2);
  await store.keepCapture(own);
  const body = bodyWith(VISIT, own, missing);
  await come(told(body, 'returned'));
  await store.exchange.putKept(missing.sha256, PREVIEW);
  await store.exchange.sweepKept();
  expect(await store.capturePreview(missing.name)).not.toBeNull();

  await come(told(body, 'approved'));
  await store.exchange.sweepKept();
  expect(await store.capturePreview(missing.name)).toBeNull();
  expect(await store.captureBytes(own.name)).not.toBeNull();
});
