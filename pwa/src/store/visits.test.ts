import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, VisitHead } from '../sync/messages';
import type { Store } from './store';
import { EPOCH, PIAO, SHAN, TEAM, closeAll, draft, finished, freshPhone, hear, id, visitHead } from './testing/phone';

const FEED = `user:${SHAN}`;
const VISIT = id(100);
let store: Store;
let seq = 0;
beforeEach(async () => {
  store = await freshPhone();
  seq = 0;
});
afterEach(closeAll);

function head(revision: string, more: Partial<VisitHead> = {}): Change {
  seq += 1;
  return visitHead(VISIT, revision, seq, more);
}

const come = (change: Change): Promise<unknown> =>
  hear(store, { changes: [change], cursor: { epoch: EPOCH, feeds: { [FEED]: change.seq } } });
const said = async (): Promise<unknown[]> => {
  const card = await store.visit(VISIT);
  return [card?.state, card?.handling];
};

describe('an own visit', () => {
  it('waits, is received, and comes back or passes as the county says', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    expect(await said()).toEqual(['waiting', false]);
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    expect(await said()).toEqual(['received', false]);
    const decision = { kind: 'return', at: '2026-11-24T03:00:00.000Z', by: '佟立岩', words: '血压再写一下' };
    await come(head(op, { state: 'returned', decisions: [decision] }));
    expect(await said()).toEqual(['returned', false]);
    expect((await store.visit(VISIT))?.decisions).toEqual([decision]);
    await come(head(op, { state: 'approved' }));
    expect(await said()).toEqual(['approved', false]);
  });

  it.each(['refused', 'deferred', 'held'] as const)(
    'that is %s is with the county, which works on it',
    async (outcome) => {
      const { op } = await store.finishVisit(finished(VISIT));
      const result = { id: op, outcome, code: 'not_your_team', title: '不是您的小队', next: '县里会处理' };
      await hear(store, { results: [result] });
      expect(await said()).toEqual(['received', true]);
      expect((await store.visit(VISIT))?.problem).toEqual({
        code: 'not_your_team',
        title: '不是您的小队',
        next: '县里会处理',
      });
      expect(await store.exchange.waiting()).toEqual([]);

      await come(head(op)); // a supervisor has let it in
      expect(await said()).toEqual(['received', false]);
      expect((await store.visit(VISIT))?.problem).toBeNull();
      expect(await store.exchange.unsettled()).toEqual([]);
    },
  );

  it('whose bytes were handed in raw is with the county, too', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    expect([await store.exchange.noteFailure(op), await store.exchange.noteFailure(op)]).toEqual([1, 2]);
    await store.exchange.noteQuarantined(op);
    expect(await said()).toEqual(['received', true]);
  });

  it('that is corrected waits again, whatever the county said of it before', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    await come(head(op, { state: 'returned' }));
    await store.saveDraft(VISIT, 0, draft());
    await store.finishVisit(finished(VISIT, { base: op, draft_rev: 1 }));
    expect(await said()).toEqual(['waiting', false]);
  });

  it('of another phone of hers is shown, with the person’s name', async () => {
    await come({ ...head(id(77)), seq: 1 });
    const person = { id: PIAO, list: 'people', label: '朴顺姬', properties: {}, state: 'active' };
    const known: Change = { feed: `team:${TEAM}`, kind: 'entity', id: PIAO, seq: 1, version: '1', body: person };
    await hear(store, { changes: [known] });
    expect(await store.visit(VISIT)).toMatchObject({ state: 'received', label: '朴顺姬', reached: null });
    await come(head(id(77), { reached: true }));
    expect(await store.visit(VISIT)).toMatchObject({ reached: true }); // as the county read her answer
  });

  it('goes when the county no longer carries it and its text is no longer kept', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    await come(head(op, { state: 'approved' }));
    const later = '2027-01-20T00:00:00.000Z';
    await hear(store, { server_time: later });
    expect(await said()).toEqual(['approved', false]);
    const gone: Change = { feed: FEED, kind: 'visit', id: VISIT, seq: 9, version: '9', body: null };
    await hear(store, { changes: [gone], cursor: { epoch: EPOCH, feeds: { [FEED]: 9 } }, server_time: later });
    expect(await store.visits()).toEqual([]);
  });
});
