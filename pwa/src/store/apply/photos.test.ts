import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../sync/messages';
import type { Store } from '../store';
import type { Capture } from '../types';
import {
  answer,
  bodyWith,
  bytesOf,
  closeAll,
  draft,
  finished,
  freshPhone,
  hear,
  id,
  photo,
  reopened,
} from '../testing/phone';
import { moment } from '../../sync/moment';

const VISIT = id(100);
const LATER = '2026-11-24T09:00:00.000Z';
let store: Store;
let taken: Capture;
let op: string;

/** A finished visit with one photo. */
beforeEach(async () => {
  store = await freshPhone();
  taken = await photo(VISIT, 1);
  await store.saveDraft(VISIT, 0, draft());
  await store.keepCapture(taken);
  op = (await store.finishVisit(finished(VISIT, { draft_rev: 1, body: bodyWith(VISIT, taken) }))).op;
});
afterEach(closeAll);

/** An answer to an exchange that offered what it may, as the sync would. */
async function exchange(more: Partial<Answer> = {}, short = false): Promise<void> {
  const { turn } = await store.exchange.standing();
  const ops = (await store.exchange.waiting()).map((each) => each.id);
  const previews = (await store.exchange.previewsFor(ops)).map(({ sha256 }) => sha256);
  const have = await store.exchange.originalsHere(ops, 0);
  const heard = answer(more);
  const anchor = { ...moment(), server: heard.server_time };
  const offered = { previews, have };
  await store.exchange.applyExchange({ turn, answer: heard, anchor, manifest: null, offered, short });
}

const take = (): Partial<Answer> => ({ results: [{ id: op, outcome: 'accepted' }] });
const receipt = (aside?: string): Partial<Answer> => ({
  receipts: [{ sha256: taken.sha256, bytes: 3_000, ...(aside === undefined ? {} : { aside }) }],
});
const card = async (): Promise<unknown[]> => {
  const [found] = await store.captures();
  return [found?.state, found?.sent, found?.freed];
};
const here = async (): Promise<boolean> => (await store.captureBytes(taken.name)) !== null;
const wanted = async (): Promise<number[]> => (await store.exchange.originalsWanted()).map(({ offset }) => offset);

describe('a photo of a finished visit', () => {
  it('[S8] is offered with its own op or after it, its preview first, and goes when the county asks for it', async () => {
    expect(await store.exchange.originalsHere([], 0)).toEqual([]); // nobody at the county could know it
    expect(await store.exchange.previewsFor([])).toEqual([]);
    expect(await store.exchange.originalsHere([op], 0)).toEqual([taken.sha256]);
    expect((await store.exchange.previewsFor([op])).map(({ sha256 }) => sha256)).toEqual([taken.sha256]);
    await hear(store, take()); // without the preview: there was no room
    await exchange({ wanted: [{ sha256: taken.sha256, offset: 0 }] });
    expect(await store.exchange.previewsFor([])).toEqual([]);
    expect(await wanted()).toEqual([0]);
  });

  it('[S8] waits until its preview was answered', async () => {
    const { turn } = await store.exchange.standing();
    const anchor = { ...moment(), server: LATER };
    const heard = answer({ ...take(), wanted: [{ sha256: taken.sha256, offset: 0 }] });
    const offered = { previews: [], have: [taken.sha256] };
    await store.exchange.applyExchange({ turn, answer: heard, anchor, manifest: null, offered });
    expect(await wanted()).toEqual([]);
    await exchange();
    expect(await store.exchange.previewsFor([])).toEqual([]);
  });

  it('[S7] goes on from where the county says that it is, after a restart too', async () => {
    await exchange({ ...take(), wanted: [{ sha256: taken.sha256, offset: 1_200 }] });
    expect(await card()).toEqual(['sending', 1_200, false]);
    store = await reopened();
    expect(await wanted()).toEqual([1_200]);
    await store.exchange.noteOffset(taken.sha256, 2_000);
    expect(await store.exchange.originalsOwed()).toEqual({ count: 1, bytes: 1_000 });
    await exchange({ wanted: [] }); // nobody asks any more
    expect(await wanted()).toEqual([]);
  });

  it('[S7] goes when the county asks by itself, though the phone had no room to name it', async () => {
    await exchange(take());
    const { turn } = await store.exchange.standing();
    const heard = answer({ wanted: [{ sha256: taken.sha256, offset: 64 }] });
    const anchor = { ...moment(), server: LATER };
    await store.exchange.applyExchange({ turn, answer: heard, anchor, manifest: null });
    expect(await wanted()).toEqual([64]);
  });

  it('of a visit that was refused is asked about all the same: the county keeps it with the visit', async () => {
    await hear(store, { results: [{ id: op, outcome: 'refused', code: 'not_your_team' }] });
    expect(await store.exchange.originalsHere([], 0)).toEqual([taken.sha256]);
  });

  it('more than a hundred are named in turn', async () => {
    const many = await Promise.all(Array.from({ length: 120 }, (_, i) => photo(id(200), 10 + i, { preview: null })));
    for (const each of many) await store.keepCapture(each);
    const other = await store.finishVisit(finished(id(200), { body: bodyWith(id(200), ...many) }));
    const ops = [op, other.op];
    const rounds = [await store.exchange.originalsHere(ops, 0), await store.exchange.originalsHere(ops, 1)];
    expect(rounds.map(({ length }) => length)).toEqual([100, 100]);
    expect(new Set(rounds.flat()).size).toBe(121);
  });
});

describe('an original leaves the phone', () => {
  it('[S7] never before a receipt, however short the room', async () => {
    await exchange({ ...take(), backed_up_to: '2030-01-01T00:00:00.000Z' }, true);
    await exchange({ server_time: '2027-06-01T00:00:00.000Z' }, true);
    expect([await here(), await card()]).toEqual([true, ['waiting', 0, false]]);
  });

  it('[S14] once a backup has passed its receipt by more than a clock may be off, and its preview stays', async () => {
    await exchange(take());
    await exchange({ ...receipt(), server_time: LATER, backed_up_to: '2026-11-24T09:09:59.999Z' });
    expect([await here(), await card()]).toEqual([true, ['received', 3_000, false]]);
    await exchange({ server_time: LATER, backed_up_to: '2026-11-24T09:10:00.000Z' });
    expect([await here(), await card()]).toEqual([false, ['received', 3_000, true]]);
    expect(await store.capturePreview(taken.name)).not.toBeNull();
  });

  it('[S14] after its receipt when the phone is short of room, and else after 35 days', async () => {
    await exchange(take());
    await exchange({ ...receipt(), server_time: LATER });
    await exchange({ server_time: '2026-12-29T08:00:00.000Z' });
    expect(await here()).toBe(true);
    await exchange({ server_time: '2026-12-29T09:00:00.001Z' });
    expect(await here()).toBe(false);
  });

  it('[S14] at once when the phone is short of room and the county holds it', async () => {
    await exchange(take());
    await exchange({ ...receipt() }, true);
    expect([await here(), await card()]).toEqual([false, ['received', 3_000, true]]);
  });

  it('that the county holds but cannot show is as safe', async () => {
    await exchange(take());
    await exchange({ ...receipt('photo_unreadable'), backed_up_to: LATER });
    expect([await here(), await card()]).toEqual([false, ['aside', 3_000, true]]);
  });

  it('[S7] is asked about until somebody has looked, and counts as held from its first receipt on', async () => {
    const pending = { receipts: [{ sha256: taken.sha256, bytes: 3_000, pending: true }] };
    await exchange(take());
    await exchange({ ...pending, server_time: LATER });
    expect(await card()).toEqual(['received', 3_000, false]);
    expect(await store.exchange.originalsHere([], 0)).toEqual([taken.sha256]);
    expect(await store.exchange.originalsOwed()).toEqual({ count: 0, bytes: 0 });
    await exchange({ ...receipt('photo_type'), server_time: '2026-12-20T08:00:00.000Z' });
    expect(await card()).toEqual(['aside', 3_000, false]);
    expect(await store.exchange.originalsHere([], 0)).toEqual([]);
    await exchange({ server_time: '2026-12-29T09:00:00.001Z' });
    expect(await here()).toBe(false);
  });

  it('[S7] is asked about once more after it went through: what was said beside it was only that it arrived', async () => {
    await exchange(take());
    await store.exchange.noteReceipt(taken.sha256, null, LATER);
    expect(await store.exchange.originalsHere([], 0)).toEqual([taken.sha256]);
    await exchange(receipt());
    expect(await card()).toEqual(['received', 3_000, false]);
    expect(await store.exchange.originalsHere([], 0)).toEqual([]);
  });

  it('not while another visit that names it has no receipt', async () => {
    await store.keepCapture({ ...taken, visit: id(101) });
    await exchange(take());
    await exchange({ ...receipt(), backed_up_to: LATER });
    expect(await here()).toBe(true);
    const other = await store.finishVisit(finished(id(101), { body: bodyWith(id(101), taken) }));
    await exchange({ results: [{ id: other.op, outcome: 'accepted' }], ...receipt(), backed_up_to: LATER });
    expect(await here()).toBe(false);
  });

  it('with its preview when the visit is no longer listed', async () => {
    await exchange(take());
    await exchange({ ...receipt(), backed_up_to: LATER });
    for (const day of ['2027-01-10', '2027-01-12', '2027-01-14'])
      await exchange({ server_time: `${day}T00:00:00.000Z` });
    expect(await store.visits()).toEqual([]);
    expect([await store.captures(), await store.capturePreview(taken.name)]).toEqual([[], null]);
  });
});

describe('a restored county', () => {
  const restored = { epoch: id(8), cursor: { epoch: id(8), feeds: {} } };

  it('[S14] is offered again what is still here, preview and all, and its old receipts count no more', async () => {
    await exchange(take());
    await exchange({ ...receipt(), server_time: LATER });
    await exchange({ ...restored, backed_up_to: '2030-01-01T00:00:00.000Z' });
    expect([await here(), await card()]).toEqual([true, ['waiting', 0, false]]);
    expect((await store.exchange.previewsFor([op])).length).toBe(1);
    expect(await store.exchange.originalsHere([op], 0)).toEqual([taken.sha256]);
  });

  it('[S14] cannot be given what was freed, and the phone does not promise it', async () => {
    await exchange(take());
    await exchange({ ...receipt(), backed_up_to: LATER });
    await exchange(restored);
    expect(await card()).toEqual(['received', 3_000, true]);
    expect(await store.exchange.originalsHere([op], 0)).toEqual([]);
  });
});

describe('a photo that cannot be sent', () => {
  it('[S7] is told to the county as lost, by an op of its own for each visit that names it', async () => {
    await store.keepCapture({ ...taken, visit: id(101) });
    await store.finishVisit(finished(id(101), { body: bodyWith(id(101), taken) }));
    await store.exchange.noteLost(taken.sha256, 'unreadable');
    await store.exchange.noteLost(taken.sha256, 'unreadable'); // once is enough
    const ops = (await store.exchange.waiting()).slice(2);
    const texts = await Promise.all(
      ops.map(async (each) => new TextDecoder().decode(await store.exchange.opText(each.id))),
    );
    const said = texts.map((each) => JSON.parse(each) as { kind: string; body: unknown; n: number });
    expect(said.map(({ kind, n }) => [kind, n])).toEqual([
      ['photo.lost', 3],
      ['photo.lost', 4],
    ]);
    const bodies = said.map(({ body }) => body);
    expect(bodies).toContainEqual({ visit: VISIT, sha256: taken.sha256, reason: 'unreadable' });
    expect(bodies).toContainEqual({ visit: id(101), sha256: taken.sha256, reason: 'unreadable' });
    expect((await store.captures()).map(({ state }) => state)).toEqual(['lost', 'lost']);
    expect(await store.exchange.originalsOwed()).toEqual({ count: 0, bytes: 0 });
    expect((await store.visit(VISIT))?.state).toBe('waiting');
  });

  it('is read as it was taken, and is no bytes when it is gone', async () => {
    expect(await store.exchange.original(taken.sha256)).toEqual(bytesOf(1));
    expect(await store.exchange.original('0'.repeat(64))).toBeNull();
  });
});
