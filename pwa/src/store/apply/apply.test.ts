import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moved, row } from '../../sync/digest';
import type { Change, FeedSum } from '../../sync/messages';
import { moment } from '../../sync/moment';
import type { Store } from '../store';
import { killedAt } from '../testing/faults';
import {
  EPOCH,
  HOME,
  OU,
  PIAO,
  TEAM,
  answer,
  body,
  closeAll,
  draft,
  entity,
  finished,
  freshPhone,
  hear,
  id,
  reopened,
} from '../testing/phone';

const TEAM_FEED = `team:${TEAM}`;
const OTHER_FEED = `team:${id(50)}`;
const VISIT = id(100);
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

const cursor = (feeds: Record<string, number>, epoch = EPOCH): { epoch: string; feeds: Record<string, number> } => ({
  epoch,
  feeds,
});
const labels = async (): Promise<string[]> => (await store.entities()).map(({ label }) => label).sort();
const states = async (): Promise<string[]> => (await store.exchange.unsettled()).map(({ state }) => state);

async function sumOf(changes: Change[]): Promise<FeedSum> {
  const weights = await Promise.all(changes.map(({ kind, id: thing, version }) => row(kind, thing, version)));
  return { alive: changes.length, digest: moved('0'.repeat(64), { add: weights }) };
}

describe('taking an answer in', () => {
  const piao = entity(TEAM_FEED, PIAO, '朴顺姬', 1);
  const ou = entity(TEAM_FEED, OU, '区兆年', 2);

  it('[S4] keeps what came and moves the cursor', async () => {
    await hear(store, { changes: [piao, ou], cursor: cursor({ [TEAM_FEED]: 2, county: 0 }) });
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
    expect((await store.exchange.standing()).cursor).toEqual(cursor({ [TEAM_FEED]: 2, county: 0 }));
  });

  it('[S2] changes nothing the second time', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    const more = {
      results: [{ id: op, outcome: 'accepted' }] as const,
      changes: [piao, ou],
      cursor: cursor({ [TEAM_FEED]: 2 }),
      feeds: { [TEAM_FEED]: await sumOf([piao, ou]) },
    };
    await hear(store, more);
    const once = [await store.entities(), await store.visits(), (await store.exchange.standing()).cursor];
    expect((await hear(store, more)).mismatched).toEqual([]);
    expect([await store.entities(), await store.visits(), (await store.exchange.standing()).cursor]).toEqual(once);
  });

  it('leaves nothing of itself when the phone dies in the middle', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    killedAt('put', 'feeds');
    const told = hear(store, {
      results: [{ id: op, outcome: 'accepted' }],
      changes: [piao],
      cursor: cursor({ [TEAM_FEED]: 1 }),
    });
    await expect(told).rejects.toMatchObject({ name: 'StoreError' });
    vi.restoreAllMocks();
    expect(await states()).toEqual(['waiting']);
    expect(await labels()).toEqual([]);
    expect(await store.exchange.standing()).toMatchObject({ turn: 0, epoch: null, cursor: null });
  });

  it('takes only the results of an answer that another tab has overtaken', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    const { turn } = await store.exchange.standing();
    await hear(store, { changes: [entity(TEAM_FEED, PIAO, '朴顺姬（新）', 3)], cursor: cursor({ [TEAM_FEED]: 3 }) });
    const late = answer({
      results: [{ id: op, outcome: 'accepted' }],
      changes: [piao],
      cursor: cursor({ [TEAM_FEED]: 1 }),
    });
    const anchor = { ...moment(), server: late.server_time };
    const applied = await store.exchange.applyExchange({ turn, answer: late, anchor, manifest: null });
    expect(applied).toMatchObject({ stale: true, more: true });
    expect(await states()).toEqual([]);
    expect(await labels()).toEqual(['朴顺姬（新）']);
    expect((await store.exchange.standing()).cursor?.feeds[TEAM_FEED]).toBe(3);
  });

  it('keeps the cursor when the county could not read its own feeds', async () => {
    await hear(store, { changes: [piao], cursor: cursor({ [TEAM_FEED]: 1 }) });
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'accepted' }], cursor: null, more: true });
    expect(await states()).toEqual([]);
    expect((await store.exchange.standing()).cursor?.feeds[TEAM_FEED]).toBe(1);
  });

  it('[S4] forgets what a tombstone names', async () => {
    await hear(store, { changes: [piao, ou], cursor: cursor({ [TEAM_FEED]: 2 }) });
    const gone: Change = { feed: TEAM_FEED, kind: 'entity', id: OU, seq: 3, version: id(9), body: null };
    const applied = await hear(store, {
      changes: [gone],
      cursor: cursor({ [TEAM_FEED]: 3 }),
      feeds: { [TEAM_FEED]: await sumOf([piao]) },
    });
    expect(await labels()).toEqual(['朴顺姬']);
    expect(applied.mismatched).toEqual([]);
  });
});

describe('a change that cannot be applied', () => {
  const good = entity(TEAM_FEED, PIAO, '朴顺姬', 1);

  it('[S4] stands aside: the last good one stays on screen, the cursor moves on, the digest agrees', async () => {
    await hear(store, { changes: [good], cursor: cursor({ [TEAM_FEED]: 1 }) });
    const odd: Change = { ...entity(TEAM_FEED, PIAO, 'x', 2), body: { id: PIAO, label: 7 } };
    const sums = { [TEAM_FEED]: await sumOf([odd]) };
    const applied = await hear(store, { changes: [odd], cursor: cursor({ [TEAM_FEED]: 2 }), feeds: sums });
    expect(await labels()).toEqual(['朴顺姬']);
    expect(applied.mismatched).toEqual([]);
    expect((await store.exchange.standing()).cursor?.feeds[TEAM_FEED]).toBe(2);
  });

  it('[S4] is no loss when the county could not render it now', async () => {
    await hear(store, { changes: [good], cursor: cursor({ [TEAM_FEED]: 1 }) });
    const { body: _, ...bare } = entity(TEAM_FEED, PIAO, '', 2);
    const unreadable: Change = { ...bare, unreadable: true };
    const sums = { [TEAM_FEED]: await sumOf([unreadable]) };
    const applied = await hear(store, { changes: [unreadable], cursor: cursor({ [TEAM_FEED]: 2 }), feeds: sums });
    expect(await labels()).toEqual(['朴顺姬']);
    expect(applied.mismatched).toEqual([]);
  });

  it('[S11] of a kind that this release does not know is kept and counted', async () => {
    const duty: Change = { feed: TEAM_FEED, kind: 'duty', id: id(60), seq: 1, version: '1', body: { every: 'day' } };
    const sums = { [TEAM_FEED]: await sumOf([duty]) };
    expect(
      (await hear(store, { changes: [duty], cursor: cursor({ [TEAM_FEED]: 1 }), feeds: sums })).mismatched,
    ).toEqual([]);
  });

  it('is kept raw when it has not even a place to go to', async () => {
    const stray = { feed: TEAM_FEED, kind: 'entity', id: '', seq: 1, version: '1', body: {} };
    await hear(store, { changes: [stray, good], cursor: cursor({ [TEAM_FEED]: 2 }) });
    expect(await labels()).toEqual(['朴顺姬']);
  });
});

describe('a feed that left', () => {
  beforeEach(() =>
    hear(store, {
      changes: [
        entity(TEAM_FEED, PIAO, '朴顺姬', 1, id(11)),
        entity(OTHER_FEED, PIAO, '朴顺姬', 1, id(11)),
        entity(TEAM_FEED, OU, '区兆年', 2),
      ],
      cursor: cursor({ [TEAM_FEED]: 2, [OTHER_FEED]: 1 }),
    }),
  );

  it('[S5] takes away only what no other feed carries', async () => {
    await hear(store, { left: [TEAM_FEED], cursor: cursor({ [OTHER_FEED]: 1 }) });
    expect(await labels()).toEqual(['朴顺姬']);
    expect((await store.entity(PIAO))?.feeds).toEqual([OTHER_FEED]);
    expect((await store.exchange.standing()).cursor).toEqual(cursor({ [OTHER_FEED]: 1 }));
  });

  it('[S5] leaves read-only whom a draft speaks of, until it is gone', async () => {
    const subject = { list: 'people', id: OU };
    await store.saveDraft(VISIT, 0, draft({ subject, records: [] }));
    await hear(store, { left: [TEAM_FEED, OTHER_FEED], cursor: cursor({}) });
    expect(await labels()).toEqual(['区兆年']);
    expect((await store.entity(OU))?.feeds).toEqual([]);

    await store.discardDraft(VISIT);
    await hear(store, { server_time: '2026-12-24T01:00:00.000Z' });
    await hear(store, { server_time: '2026-12-24T01:00:00.000Z' });
    expect(await labels()).toEqual([]);
  });

  it('[S5] leaves whom an unsent visit speaks of, until it is sent', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { left: [TEAM_FEED, OTHER_FEED], cursor: cursor({}) });
    expect(await labels()).toEqual(['朴顺姬']);
    await hear(store, { results: [{ id: op, outcome: 'accepted' }], cursor: cursor({}) });
    expect(await labels()).toEqual([]);
  });

  it('[S5] that comes back brings its own rows again', async () => {
    await store.finishVisit(finished(VISIT));
    await hear(store, { left: [TEAM_FEED, OTHER_FEED], cursor: cursor({}) });
    const again = entity(TEAM_FEED, PIAO, '朴顺姬', 9);
    await hear(store, {
      changes: [again],
      cursor: cursor({ [TEAM_FEED]: 9 }),
      feeds: { [TEAM_FEED]: await sumOf([again]) },
    });
    expect((await store.entity(PIAO))?.feeds).toEqual([TEAM_FEED]);
  });
});

describe('reading a feed anew', () => {
  const piao = entity(TEAM_FEED, PIAO, '朴顺姬', 1);
  const ou = entity(TEAM_FEED, OU, '区兆年', 2);
  beforeEach(() => hear(store, { changes: [piao, ou], cursor: cursor({ [TEAM_FEED]: 2 }) }));

  it('[S4] after a reset sweeps what the pages have not brought, after the last of them', async () => {
    const third = entity(TEAM_FEED, HOME, '三号', 8);
    await hear(store, { reset: [TEAM_FEED], changes: [piao], cursor: cursor({ [TEAM_FEED]: 1 }), more: true });
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
    await hear(store, {
      changes: [third],
      cursor: cursor({ [TEAM_FEED]: 8 }),
      feeds: { [TEAM_FEED]: await sumOf([piao, third]) },
    });
    expect(await labels()).toEqual(['三号', '朴顺姬']);
    expect((await store.exchange.standing()).mismatched).toEqual([]);
  });

  it('[S4] after a reset goes on where it was when the phone dies between two pages', async () => {
    const walking = { ...cursor({ [TEAM_FEED]: 1 }), walks: { [TEAM_FEED]: 8 } };
    const third = entity(TEAM_FEED, HOME, '三号', 8);
    const last = {
      changes: [third],
      cursor: cursor({ [TEAM_FEED]: 8 }),
      feeds: { [TEAM_FEED]: await sumOf([piao, third]) },
    };
    await hear(store, { reset: [TEAM_FEED], changes: [piao], cursor: walking, more: true });
    killedAt('put', 'feeds');
    await expect(hear(store, last)).rejects.toMatchObject({ name: 'StoreError' });
    vi.restoreAllMocks();
    store = await reopened();
    expect((await store.exchange.standing()).cursor).toEqual(walking);
    expect(await labels()).toEqual(['区兆年', '朴顺姬']); // nothing was swept yet
    expect((await hear(store, last)).mismatched).toEqual([]);
    expect(await labels()).toEqual(['三号', '朴顺姬']);
  });

  it('[S4] [S5] sweeps nobody whom a draft speaks of, and shows them read-only', async () => {
    await store.saveDraft(VISIT, 0, draft({ subject: { list: 'people', id: OU }, records: [] }));
    await hear(store, { reset: [TEAM_FEED], changes: [piao], cursor: cursor({ [TEAM_FEED]: 8 }) });
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
    expect((await store.entity(OU))?.feeds).toEqual([]);
  });

  it('[S4] carries the note of a walk that is under way to and fro', async () => {
    await hear(store, { cursor: { ...cursor({ [TEAM_FEED]: 1 }), walks: { [TEAM_FEED]: 2 } }, more: true });
    expect((await store.exchange.standing()).cursor?.walks).toEqual({ [TEAM_FEED]: 2 });
    await hear(store, { cursor: cursor({ [TEAM_FEED]: 2 }) });
    expect((await store.exchange.standing()).cursor).toEqual(cursor({ [TEAM_FEED]: 2 }));
  });

  it('[S5] forgets a feed that is not among those that the county names', async () => {
    await hear(store, { cursor: cursor({ county: 1 }), feeds: { county: { alive: 0, digest: '0'.repeat(64) } } });
    expect(await labels()).toEqual([]);
    expect((await store.exchange.standing()).cursor).toEqual(cursor({ county: 1 }));
  });
});

describe('a restored county', () => {
  const RESTORED = id(8);

  it('[S14] is offered again what it acknowledged within 35 days, and read from the beginning', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    const refused = await store.finishVisit(finished(id(101)));
    await hear(store, {
      results: [
        { id: op, outcome: 'accepted' },
        { id: refused.op, outcome: 'refused', code: 'not_your_team' },
      ],
      changes: [entity(TEAM_FEED, PIAO, '朴顺姬', 1), entity(TEAM_FEED, OU, '区兆年', 2)],
      cursor: cursor({ [TEAM_FEED]: 1 }),
    });
    const sent = await store.exchange.opText(op);
    const applied = await hear(store, { epoch: RESTORED, cursor: cursor({ [TEAM_FEED]: 0 }, RESTORED), more: true });
    expect(applied.restored).toBe(true);
    expect((await store.exchange.waiting()).map((head) => head.id)).toEqual([op, refused.op]);
    expect(await store.exchange.opText(op)).toEqual(sent);
    expect((await store.exchange.standing()).cursor).toEqual(cursor({ [TEAM_FEED]: 0 }, RESTORED));
    expect(await labels()).toEqual(['区兆年', '朴顺姬']);
    await hear(store, { epoch: RESTORED, cursor: cursor({ [TEAM_FEED]: 0 }, RESTORED) });
    expect(await labels()).toEqual(['朴顺姬']); // only whom the waiting visits speak of
  });

  it('[S14] is offered again what it refused, however long ago', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'refused', code: 'not_your_team' }] });
    await hear(store, { server_time: '2028-01-01T00:00:00.000Z' });
    await hear(store, { server_time: '2028-01-01T00:01:00.000Z', epoch: RESTORED });
    expect((await store.exchange.waiting()).map((head) => head.id)).toEqual([op]);
  });

  it('[S14] lets the text of an op go only after 35 days by its own clock', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    await hear(store, { server_time: '2026-12-29T00:59:59.000Z' });
    expect(await store.visits()).toHaveLength(1);
    await store.exchange.opText(op);
    await hear(store, { server_time: '2026-12-29T01:00:00.001Z' });
    await expect(store.exchange.opText(op)).rejects.toMatchObject({ kind: 'gone' });
    expect(await store.visits()).toEqual([]);
  });

  it('[S3] never lets a refused op go', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'refused', code: 'malformed' }] });
    await hear(store, { server_time: '2028-01-01T00:00:00.000Z' });
    expect((await store.exchange.opText(op)).length).toBeGreaterThan(100);
  });
});

describe('own changes of a person', () => {
  it('stay on top until the county has taken them and brought what it made of them', async () => {
    await hear(store, { changes: [entity(TEAM_FEED, PIAO, '朴顺姬', 1)], cursor: cursor({ [TEAM_FEED]: 1 }) });
    const saves = [{ list: 'people', id: PIAO, label: null, properties: { consent: 'all' }, creates: false }];
    const { op } = await store.finishVisit(finished(VISIT, { saves }));
    const now = async (): Promise<unknown> => {
      const known = await store.entity(PIAO);
      return [known?.label, known?.properties.consent, known?.properties.street, known?.unsent];
    };
    expect(await now()).toEqual(['朴顺姬', 'all', '柳荫一区', true]);
    await hear(store, { results: [{ id: op, outcome: 'accepted' }], cursor: cursor({ [TEAM_FEED]: 1 }), more: true });
    expect(await now()).toEqual(['朴顺姬', 'all', '柳荫一区', true]);
    const after = entity(TEAM_FEED, PIAO, '朴顺姬', 2, op);
    const body = { ...(after.body as object), properties: { street: '柳荫一区', consent: 'all' } };
    await hear(store, { changes: [{ ...after, body }], cursor: cursor({ [TEAM_FEED]: 2 }) });
    expect(await now()).toEqual(['朴顺姬', 'all', '柳荫一区', false]);
  });
});

describe('anchors', () => {
  it('[S9] are kept for the app starts that ops name, a few each', async () => {
    await store.finishVisit(finished(VISIT));
    for (let minute = 10; minute < 40; minute++) await hear(store, { server_time: `2026-11-24T01:${minute}:00.000Z` });
    const kept = await store.exchange.anchorsFor(await store.exchange.waiting());
    expect(kept).toHaveLength(6);
    expect(kept[0]?.server).toBe('2026-11-24T01:39:00.000Z');
    expect(kept.at(-1)?.server).toBe('2026-11-24T01:10:00.000Z');
  });

  it('[S9] of the start that saw the check-in go along, although the app was killed and started again since', async () => {
    const before = { ...moment(), start: id(77) };
    const { turn } = await store.exchange.standing();
    const anchor = { ...before, server: '2026-11-24T01:00:00.000Z' };
    await store.exchange.applyExchange({ turn, answer: answer({}), anchor, manifest: null });
    const state = draft({ check_in: { at: before } });
    const draft_rev = await store.saveDraft(VISIT, 0, state);
    for (let minute = 10; minute < 40; minute++) await hear(store, { server_time: `2026-11-24T01:${minute}:00.000Z` });
    await store.finishVisit(finished(VISIT, { body: body(VISIT, { check_in: { at: before } }), draft_rev }));
    const kept = await store.exchange.anchorsFor(await store.exchange.waiting());
    expect(kept.map(({ start }) => start).slice(0, 2)).toEqual([moment().start, before.start]);
    expect(kept).toContainEqual(anchor);
  });
});
