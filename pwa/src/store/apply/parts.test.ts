import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKETS, bucket, of, parts } from '../../sync/digest';
import type { Answer, Change } from '../../sync/messages';
import { databaseName } from '../registry';
import type { Tables } from '../schema';
import type { Store } from '../store';
import {
  EPOCH,
  IDENTITY,
  OU,
  PIAO,
  TEAM,
  closeAll,
  draft,
  entity,
  finished,
  freshPhone,
  hear,
  id,
} from '../testing/phone';

const FEED = `team:${TEAM}`;
const VISIT = id(100);
const NEXT_DAY = '2026-11-25T01:00:00.001Z';
const piao = entity(FEED, PIAO, '朴顺姬', 1);
const ou = entity(FEED, OU, '区兆年', 2);
const held = [piao, ou];
let store: Store;

const labels = async (): Promise<string[]> => (await store.entities()).map(({ label }) => label).sort();
const rowOf = ({ kind, id: thing, version }: Change): [string, string, string] => [kind, thing, version];

/** What the county says once there is no more: its own rows of the feed, and what differs of the parts that it was sent. */
async function told(alive: readonly Change[], more: Partial<Answer> = {}): ReturnType<typeof hear> {
  const sums = (await store.exchange.doubtedParts())[FEED];
  const ours = await parts(alive.map(rowOf));
  const differ = sums === undefined ? [] : ours.flatMap((sum, at) => (sum === sums[at] ? [] : [at]));
  const lie = await Promise.all(alive.map(({ kind, id: thing }) => bucket(kind, thing)));
  return hear(store, {
    changes: alive.filter((_, index) => differ.includes(lie[index] ?? -1)),
    cursor: { epoch: EPOCH, feeds: { [FEED]: 2 } },
    feeds: { [FEED]: { alive: alive.length, digest: await of(alive.map(rowOf)) } },
    parts: sums === undefined ? {} : { [FEED]: differ },
    ...more,
  });
}

/** As after a fault of the disk: these rows are not what they were, and nobody was told. */
async function damage(into: 'delete' | 'ghost', thing: string): Promise<void> {
  const db = await openDB<Tables>(databaseName(IDENTITY.device, IDENTITY.user.id));
  const row = await db.get('rows', [FEED, 'entity', PIAO]);
  if (into === 'delete') await db.delete('rows', [FEED, 'entity', thing]);
  else if (row !== undefined) await db.put('rows', { ...row, id: thing, weight: '1'.repeat(64) });
  db.close();
}

beforeEach(async () => {
  store = await freshPhone();
  await told(held, { changes: held });
});
afterEach(closeAll);

describe('a feed that differs from the county’s', () => {
  it('[S12] is reported, and its parts are sent until it agrees, without reading it all again', async () => {
    const first = await told([piao]);
    expect(first).toMatchObject({ mismatched: [FEED], more: true });
    const { cursor, mismatched } = await store.exchange.standing();
    expect([cursor?.feeds[FEED], mismatched]).toEqual([2, [FEED]]);
    expect((await store.exchange.doubtedParts())[FEED]).toHaveLength(BUCKETS);
    expect(await labels()).toEqual(['区兆年', '朴顺姬']); // still there while it is asked

    expect(await told([piao])).toMatchObject({ mismatched: [], more: false });
    expect(await labels()).toEqual(['朴顺姬']);
    expect((await store.exchange.standing()).mismatched).toEqual([]);
    expect(await store.exchange.doubtedParts()).toEqual({});
  });

  it('[S12] gets what is missing, and only that', async () => {
    await damage('delete', OU);
    await told(held, { server_time: NEXT_DAY });
    const second = await told(held, { server_time: NEXT_DAY });
    expect(second).toMatchObject({ mismatched: [], more: false });
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
  });

  it('[S12] is found within a day, even where the sum that was kept up still agrees', async () => {
    await damage('delete', OU);
    expect((await told(held)).mismatched).toEqual([]); // counted today already
    expect((await told(held, { server_time: NEXT_DAY })).mismatched).toEqual([FEED]);
  });

  it('[S12] loses rows that nobody else has, in the buckets that came', async () => {
    await damage('ghost', id(60));
    await told(held, { server_time: NEXT_DAY });
    await told(held, { server_time: NEXT_DAY });
    const rows = await openDB<Tables>(databaseName(IDENTITY.device, IDENTITY.user.id));
    expect((await rows.getAllKeys('rows')).map(([, , thing]) => thing).sort()).toEqual([PIAO, OU].sort());
    rows.close();
    expect((await store.exchange.standing()).mismatched).toEqual([]);
  });

  it('[S12] keeps what a draft or an unsent visit speaks of, and the draft and the visit', async () => {
    await store.saveDraft(id(101), 0, draft({ subject: { list: 'people', id: OU }, records: [] }));
    await store.finishVisit(finished(VISIT));
    await told([]);
    await told([]);
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
    expect((await store.entity(OU))?.feeds).toEqual([]); // read-only now
    expect(await store.exchange.draftHeads()).toHaveLength(1);
    expect(await store.exchange.waiting()).toHaveLength(1);
    expect((await store.exchange.standing()).mismatched).toEqual([]);
  });

  it('[S12] goes on bucket by bucket, as long as others come', async () => {
    await told([]); // doubted
    const bare = { [FEED]: { alive: 0, digest: '0'.repeat(64) } };
    const buckets = await Promise.all([bucket('entity', PIAO), bucket('entity', OU)]);
    const round = (bucket: number): ReturnType<typeof hear> =>
      hear(store, { feeds: bare, parts: { [FEED]: [bucket] }, cursor: { epoch: EPOCH, feeds: { [FEED]: 2 } } });
    expect((await round(buckets[0])).mismatched).toEqual([FEED]);
    expect(await labels()).toEqual(['区兆年']);
    expect((await round(buckets[1])).mismatched).toEqual([]);
    expect(await labels()).toEqual([]);
  });
});

describe('a repair that does not help', () => {
  const wrong = { [FEED]: { alive: 2, digest: '1'.repeat(64) } };
  const cursor = { epoch: EPOCH, feeds: { [FEED]: 2 } };
  const round = (answered: Answer['parts'], server_time?: string): ReturnType<typeof hear> =>
    hear(store, { feeds: wrong, parts: answered, cursor, ...(server_time === undefined ? {} : { server_time }) });

  it.each([
    ['the county finds no difference', [{}, { [FEED]: [] }]],
    ['the same bucket comes again', [{}, { [FEED]: [3] }, { [FEED]: [3] }]],
    ['the county does not answer it', [{}, {}]],
  ] as const)('[S12] is given up for a day when %s', async (_, answers) => {
    const asked: number[] = [];
    for (const answered of answers) asked.push((await round(answered)).mismatched.length);
    expect(asked).toEqual([...answers.slice(1).map(() => 1), 0]);
    expect((await round({})).mismatched).toEqual([]); // it rests
    expect((await store.exchange.standing()).mismatched).toEqual([FEED]); // and is still reported
    expect((await round({}, NEXT_DAY)).mismatched).toEqual([FEED]);
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
  });

  it('[S12] waits for its turn while another feed is being mended', async () => {
    await round({});
    expect((await round({ county: [1] })).mismatched).toEqual([FEED]);
  });

  it('[S12] buckets that this phone did not ask about change nothing', async () => {
    await hear(store, { parts: { [FEED]: [await bucket('entity', OU)] }, cursor });
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
  });
});
