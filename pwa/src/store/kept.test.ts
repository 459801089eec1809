import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Change, Json, VisitBody } from '../sync/messages';
import type { Store } from './store';
import { bodyWith, closeAll, EPOCH, FORM_SHA, freshPhone, hear, id, photo, SHAN } from './testing/phone';

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
  const head = {
    visit: body.visit,
    state,
    revision: id(200),
    number: 1,
    team: body.team,
    programme: body.programme,
    form: 'daily-contact',
    subject: body.subject,
    day: '2026-11-24',
    check_in_at: '2026-11-24T01:00:00.000Z',
    received_at: '2026-11-24T02:00:00.000Z',
    handling: null,
    decisions: [],
    returned: state === 'returned' ? returned : null,
  };
  return {
    feed: FEED,
    kind: 'visit',
    id: body.visit,
    seq,
    version: `v${seq}`,
    body: JSON.parse(JSON.stringify(head)) as Json,
  };
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
