/** A visit that was sent and is changed, over the real store and the real form engine: by a return, by herself, taken back. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { warm } from '../../forms';
import type { Store } from '../../store';
import { closeAll, hear, PIAO, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { restoreVisit } from './restore';
import { finish, opened, phoneWithForm, returned, sentOps, sentVisit } from './testing/sent-visit';

let store: Store;

beforeAll(async () => {
  await warm(); // the engine is large: no single visit is to pay for it
}, 60_000);
beforeEach(async () => {
  store = await phoneWithForm();
});
afterEach(closeAll);

test('only what was asked may be changed; it goes back on the revision that was asked about, with her answer', async () => {
  const visit = await sentVisit(store);
  const { decision, revision } = await returned(store, visit);
  await store.beginCorrection(visit);
  const session = await opened(store, visit);
  const locked = (path: string) => session.filling.locked(session.filling.question(path)!);
  expect([locked('/data/wellbeing'), locked('/data/contact')]).toEqual([false, true]);
  expect(session.correction()?.asked.map(({ text }) => text)).toEqual(['真的都好吗？']);
  session.filling.set('/data/wellbeing', 'low');
  session.sayTo([{ record: session.record, path: '/data/wellbeing', said: 'changed' }]);
  await finish(session);
  const [op] = await sentOps(store);
  expect(op).toMatchObject({
    kind: 'visit.put',
    base: revision,
    body: { correction: { decision, answers: [{ record: session.record, path: '/data/wellbeing', said: 'changed' }] } },
  });
  expect(op!.body.records[0]!.xml).toContain('<wellbeing>low</wellbeing>');
  expect(await store.visit(visit)).toMatchObject({ state: 'waiting' });
});

test('service time does not move because a field is corrected later, and a file that the record names no more is not sent', async () => {
  const visit = await sentVisit(store);
  const [before] = await sentOps(store);
  await returned(store, visit);
  await store.beginCorrection(visit);
  const session = await opened(store, visit);
  session.filling.set('/data/wellbeing', 'low');
  await finish(session);
  const [op] = await sentOps(store);
  expect(op!.body.check_in).toEqual(before!.body.check_in);
  expect(op!.body.check_out).toEqual(before!.body.check_out);
  expect(op!.body.participants).toEqual(before!.body.participants);
  expect(op!.body.records[0]!.attachments).toEqual([]); // the form has no question that names PHOTO
});

test('half a correction waits like any draft, with what she said so far; one that was only looked at leaves nothing', async () => {
  const visit = await sentVisit(store);
  await returned(store, visit);
  await store.beginCorrection(visit);
  const looked = await opened(store, visit);
  expect(looked.untouched()).toBe(true);
  looked.sayTo([{ record: looked.record, path: '/data/wellbeing', said: 'right', reason: '她亲口说的' }]);
  expect(looked.untouched()).toBe(false);
  await vi.waitFor(() => expect(looked.save.saving()).toEqual({ at: 'saved' }));
  looked.close();
  const again = await opened(store, visit);
  expect(again.correction()?.answers).toEqual([
    { record: again.record, path: '/data/wellbeing', said: 'right', reason: '她亲口说的' },
  ]);
  again.close();
});

test('the person may have left her lists: the record keeps whom it was about', async () => {
  const visit = await sentVisit(store);
  await returned(store, visit);
  await hear(store, {
    changes: [{ feed: `team:${TEAM}`, kind: 'entity', id: PIAO, seq: 12, version: newId(), body: null }],
  });
  await store.beginCorrection(visit);
  const session = await opened(store, visit);
  expect(session.filling.get('/data/person')).toBe(PIAO);
  expect(session.filling.question('/data/person')?.options.map(({ label }) => label)).toEqual(['朴顺姬']);
  session.filling.set('/data/wellbeing', 'low');
  await finish(session);
  expect((await sentOps(store))[0]!.body.subject).toEqual({ list: 'people', id: PIAO });
});

test('what she sent she may change herself, from the phone’s own text, and the door is told, not asked again', async () => {
  const visit = await sentVisit(store);
  await store.editSent(visit);
  const session = await opened(store, visit);
  expect(session.edits).toBe(true);
  expect(session.correction()).toBeNull();
  expect(session.screen().preset).toEqual([
    ['/data/person', PIAO],
    ['/data/contact', 'phone'],
  ]);
  session.filling.set('/data/wellbeing', 'low');
  await finish(session);
  const [first, second] = await sentOps(store);
  expect(second).toMatchObject({ kind: 'visit.put', base: first!.id });
});

test('what was taken back and had back is sent again as it was', async () => {
  const visit = await sentVisit(store);
  await store.withdrawVisit(visit, '记错人了');
  expect(await store.visit(visit)).toMatchObject({ withdrawal: 'waiting' });
  await restoreVisit(store, visit);
  expect(await store.visit(visit)).toMatchObject({
    state: 'waiting',
    withdrawal: null,
    label: '朴顺姬',
    reached: true,
  });
  const [put, withdraw, again] = await sentOps(store);
  expect(withdraw).toMatchObject({ kind: 'visit.withdraw', body: { visit, reason: '记错人了' } });
  expect(again).toMatchObject({ kind: 'visit.put', base: withdraw!.id });
  expect(again!.body).toEqual(put!.body);
  expect(await store.drafts()).toEqual([]);
});
