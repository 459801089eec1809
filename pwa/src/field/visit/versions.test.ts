/** A form is published anew while she has a draft of the version before, over the real store and the real form engine. */
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { warm } from '../../forms';
import xform from '../../forms/fixtures/daily-contact.xml?raw';
import type { Store } from '../../store';
import { closeAll, EPOCH, hear, PIAO, SHAN, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import type { Change } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { openSession } from './session';
import { markOf, startDraft } from './start';
import { finish, HEAD, opened, phoneWithForm, returned, sentOps, sentVisit } from './testing/sent-visit';

const NEXT_SHA = 'e'.repeat(64);
/** Two questions have other names, and one has other words. */
const next = xform
  .replace(/version="[^"]*"/, 'version="2"')
  .replaceAll('/data/contact', '/data/how')
  .replaceAll('<contact', '<how')
  .replaceAll('</contact', '</how');

let store: Store;

beforeAll(async () => {
  await warm(); // the engine is large: no single visit is to pay for it
}, 60_000);
beforeEach(async () => {
  store = await phoneWithForm();
  const team = { id: TEAM, programme: 'day-care', name: HEAD.title, communities: [], members: [] };
  const me = { user: SHAN, name: '单秀云', language: 'zh', teams: [{ team: TEAM, leads: false }] };
  const row = (feed: string, kind: string, id: string, body: object) =>
    ({ feed, kind, id, seq: 1, version: '1', body }) as unknown as Change;
  await hear(store, { changes: [row(`team:${TEAM}`, 'team', TEAM, team), row(`user:${SHAN}`, 'me', SHAN, me)] });
});
afterEach(closeAll);

async function begun(): Promise<string> {
  const visit = newId();
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  const start = { user: SHAN, team: TEAM, programme: 'day-care', form: HEAD, record: newId(), checkIn, left: null };
  await store.saveDraft(visit, 0, startDraft({ ...start, door: 'phone', subject: { list: 'people', id: PIAO } }));
  return visit;
}

async function publishNext(day = '2026-11-25'): Promise<void> {
  const binds = { ...HEAD.binds, door: '/data/how' };
  const body = { ...HEAD, version: '2', sha256: NEXT_SHA, binds };
  const head = { feed: 'county', kind: 'form', id: HEAD.form, seq: 2, version: '2', body } as unknown as Change;
  await hear(store, {
    changes: [head],
    cursor: { epoch: EPOCH, feeds: { county: 2 } },
    server_time: `${day}T01:00:00.000Z`,
  });
  await store.exchange.putXform(NEXT_SHA, next);
}

/** Long enough for whatever nothing needs to go. */
async function weeksPass(): Promise<void> {
  for (const day of ['2026-12-01', '2026-12-09', '2026-12-20']) {
    await hear(store, { server_time: `${day}T01:00:00.000Z` });
    await store.exchange.sweepXforms();
  }
}

test('a draft is finished in the version that it was begun with, by the names that this one gives its questions', async () => {
  const visit = await begun();
  await publishNext();
  await weeksPass();
  const session = await opened(store, visit);
  expect(session.filling.get('/data/contact')).toBe('phone');
  session.filling.set('/data/wellbeing', 'well');
  session.filling.set('/data/contact', 'no_answer');
  session.filling.set('/data/need', 'none');
  await finish(session);
  const [op] = await sentOps(store);
  const [record] = op!.body.records;
  expect(record!.version).toBe(HEAD.version);
  expect(record!.xml).toContain('<contact>no_answer</contact>');
  expect(await store.visit(visit)).toMatchObject({ reached: false });
});

test('what is begun afterwards is of the new version', async () => {
  await publishNext();
  const [head] = await store.forms();
  expect([head!.version, head!.binds.door]).toEqual(['2', '/data/how']);
});

test('a draft of a form that is no longer published is gone on with', async () => {
  const visit = await begun();
  const gone = { feed: 'county', kind: 'form', id: HEAD.form, seq: 3, version: newId(), body: null };
  await hear(store, { changes: [gone], cursor: { epoch: EPOCH, feeds: { county: 3 } } });
  expect(await store.forms()).toEqual([]);
  const session = await opened(store, visit);
  session.filling.set('/data/wellbeing', 'well');
  await finish(session);
  expect((await sentOps(store))[0]!.body.records[0]!.form).toBe(HEAD.form);
});

test('what was sent is changed, and what came back is mended, in the version that it was sent in', async () => {
  const sent = await sentVisit(store);
  await publishNext();
  await weeksPass();
  await store.editSent(sent);
  const change = await opened(store, sent);
  expect(change.filling.question('/data/contact')?.label).not.toBeUndefined();
  expect(change.filling.question('/data/how')).toBeNull();
  await change.leave();
  await store.discardDraft(sent);
  await returned(store, sent);
  await weeksPass();
  await store.beginCorrection(sent);
  const mend = await opened(store, sent);
  expect(mend.filling.locked(mend.filling.question('/data/wellbeing')!)).toBe(false);
  mend.filling.set('/data/wellbeing', 'low');
  mend.sayTo([{ record: mend.record, path: '/data/wellbeing', said: 'changed' }]);
  await finish(mend);
  expect((await sentOps(store)).at(-1)!.body.records[0]!.version).toBe(HEAD.version);
});

test('a version goes when nothing needs it any more, and stays while a draft does', async () => {
  const visit = await begun();
  await publishNext();
  await weeksPass();
  expect(await store.xform(HEAD.sha256)).not.toBeNull();
  await store.discardDraft(visit);
  await weeksPass();
  await hear(store, { server_time: '2027-02-01T01:00:00.000Z' });
  await store.exchange.sweepXforms();
  await hear(store, { server_time: '2027-03-01T01:00:00.000Z' });
  await store.exchange.sweepXforms();
  expect(await store.xform(HEAD.sha256)).toBeNull();
  expect(await store.xform(NEXT_SHA)).not.toBeNull();
  expect((await openSession(store, visit, false)).at).toBe('gone');
});
