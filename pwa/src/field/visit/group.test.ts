/** A visit at a place: what is known before the form, who is there, and what is sent of it. */
import { afterEach, expect, test } from 'vitest';
import xform from '../../forms/fixtures/flyer-cleanup.xml?raw';
import type { Store } from '../../store';
import { closeAll, freshPhone, hear, HOME, OU, SHAN, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import type { FormHead, Place } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { readGroup, readWhom } from '../app/whom';
import { companionsOf, placesOf, workOf } from '../model/work';
import { offered } from './offered';
import { rowsOf } from './rows';
import { openSession, type Session } from './session';
import { factsOf, knownBefore, markOf, putPlace, putTogether, recordScreenOf, startDraft } from './start';
import { sentOps } from './testing/sent-visit';

const SHA = 'e'.repeat(64);
const LIUYIN = newId();
const SQUARE = newId();
const HEAD: FormHead = {
  form: 'flyer-cleanup',
  version: '1',
  sha256: SHA,
  bytes: xform.length,
  programme: 'flyer-cleanup',
  kind: 'activity',
  title: { zh: '清理小广告', en: 'Flyer clean-up' },
  list: null,
  binds: { subject: null, door: null, place: '/data/place', volunteers: '/data/volunteers' },
  lists: ['places'],
  minutes: [5, 60, 300],
  one_page: false,
  entity: false,
};
const place = (id: string, label: string, kind: string, community: string | null = LIUYIN): Place => ({
  id,
  label,
  kind,
  parent: community,
  community,
});
const PLACES = [
  place(HOME, '垂柳家园', 'compound'),
  place(SQUARE, '柳荫广场', 'square'),
  place(LIUYIN, '柳荫社区', 'community', null),
];
const member = (user: string, name: string) => ({ user, name, leads: false });
const TEAM_BODY = {
  id: TEAM,
  programme: 'flyer-cleanup',
  name: { zh: '柳荫小广告清理小队', en: 'Flyers Liuyin' },
  communities: [LIUYIN],
  members: [member(OU, '郭守义'), member(SHAN, '单秀云')],
};

async function phone(): Promise<Store> {
  const store = await freshPhone();
  const row = (feed: string, kind: string, id: string, seq: number, body: object) =>
    ({ feed, kind, id, seq, version: '1', body }) as never;
  await hear(store, {
    changes: [
      row('county', 'form', HEAD.form, 1, HEAD),
      ...PLACES.map((each, n) => row('county', 'place', each.id, 2 + n, each)),
      row(`team:${TEAM}`, 'team', TEAM, 5, TEAM_BODY),
    ],
  });
  await store.exchange.putXform(SHA, xform);
  return store;
}

const checkIn = markOf(moment(), { reason: 'no_fix' });
const start = { user: SHAN, team: TEAM, programme: 'flyer-cleanup', subject: null, place: HOME, form: HEAD };
const begun = () => startDraft({ ...start, record: newId(), checkIn, left: null, door: null });

async function draft(store: Store, helpers = 22): Promise<string> {
  const visit = newId();
  await store.saveDraft(visit, 0, begun());
  await putTogether(store, visit, [SHAN, OU], helpers);
  return visit;
}

async function opened(store: Store, visit: string): Promise<Session> {
  const result = await openSession(store, visit, false);
  if (result.at !== 'open') throw new Error(result.at);
  return result.session;
}

async function finish(session: Session): Promise<void> {
  const answers = { mode: 'spot', spot: 'wall', ad_kind: 'pasted', removed: '180', reached: '6' };
  for (const [name, value] of Object.entries(answers)) session.filling.set(`/data/${name}`, value);
  const finished = await session.filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  await session.finish(finished, '垂柳家园');
  session.close();
}

afterEach(closeAll);

test('a team’s work is what its forms do at places, and its places are those of its communities', () => {
  const team = { ...TEAM_BODY, mine: true };
  const visit = { ...HEAD, form: 'day-care-visit', list: 'people' };
  expect(workOf([team], [HEAD, visit]).map(({ form }) => form.form)).toEqual(['flyer-cleanup']);
  expect(workOf([{ ...team, mine: false }], [HEAD])).toEqual([]);
  const far = place(newId(), '河沿新村', 'compound', newId());
  expect(placesOf(team, [...PLACES, far])).toEqual(PLACES);
  expect(companionsOf(team, { user: SHAN, name: '单秀云', me: true }).map(({ name }) => name)).toEqual([
    '单秀云',
    '郭守义',
  ]);
});

test('only places that the form takes are offered, by its own filter; one that cannot be asked yet keeps all', () => {
  expect(offered(xform, '/data/place', PLACES).map(({ label }) => label)).toEqual(['垂柳家园', '柳荫广场']);
  expect(offered(xform, '/data/spot', PLACES)).toEqual(PLACES);
  const asks = xform.replace("kind = 'compound' or", 'community = current()/../mode or');
  expect(asks).not.toBe(xform);
  expect(offered(asks, '/data/place', PLACES)).toEqual(PLACES);
});

test('place and number are known before the form; she alone is one', () => {
  const state = begun();
  expect([state.place, state.subject, state.participants.length]).toEqual([HOME, null, 1]);
  expect(recordScreenOf(state, state.records[0]!).preset).toEqual([
    ['/data/place', HOME],
    ['/data/volunteers', '1'],
  ]);
});

test('the form gets the picked place alone', async () => {
  const store = await phone();
  const rows = await rowsOf('places', { subject: null, place: SQUARE }, store);
  expect(rows.map(({ label }) => label)).toEqual(['柳荫广场']);
  expect(await rowsOf('places', { subject: null, place: null }, store)).toHaveLength(3);
});

test('two by name and twenty-two without are one visit of twenty-four, said alike by facts and answers', async () => {
  const store = await phone();
  const visit = await draft(store);
  await finish(await opened(store, visit));
  const [op] = await sentOps(store);
  const { body } = op!;
  expect([body.subject, body.place, body.helpers_unnamed]).toEqual([null, HOME, 22]);
  expect(body.participants.map(({ user }) => user)).toEqual([SHAN, OU]);
  expect(body.participants.every((each) => each.out?.wall === body.check_out?.at.wall)).toBe(true);
  expect(body.records).toHaveLength(1);
  expect(body.records[0]?.xml).toContain('<volunteers>24</volunteers>');
  expect(body.records[0]?.xml).toContain(`<place>${HOME}</place>`);
  expect(body.records[0]?.list_rows.places).toMatchObject([{ name: HOME, label: '垂柳家园' }]);
  const [card] = await store.visits();
  expect([card?.label, card?.reached]).toEqual(['垂柳家园', null]);
});

test('what is known can be changed until it is finished, and the form follows', async () => {
  const store = await phone();
  const visit = await draft(store, 3);
  const first = await opened(store, visit);
  first.filling.set('/data/removed', '12');
  await first.save.flush();
  first.close();
  await putPlace(store, visit, SQUARE);
  await putTogether(store, visit, [SHAN], 1);
  const again = await opened(store, visit);
  const said = ['/data/place', '/data/volunteers', '/data/removed'].map((path) => again.filling.get(path));
  expect(said).toEqual([SQUARE, '2', '12']);
  await finish(again);
  const [op] = await sentOps(store);
  expect([op?.body.place, op?.body.participants.length, op?.body.helpers_unnamed]).toEqual([SQUARE, 1, 1]);
});

test('whoever is there is not thrown away with an empty form', async () => {
  const store = await phone();
  const session = await opened(store, await draft(store, 0));
  expect(session.untouched()).toBe(false);
  session.close();
});

test('a half-done one is called by its place, and its bar and line say where and who', async () => {
  const store = await phone();
  const visit = await draft(store);
  const { drafts } = await store.home();
  expect(drafts.map(({ label }) => label)).toEqual(['垂柳家园']);
  const { state } = (await store.loadDraft(visit))!;
  expect((await readWhom(store, state)).name).toBe('垂柳家园');
  expect(await readGroup(store, state)).toEqual({ names: ['单秀云', '郭守义'], all: 24, helpers: 22 });
  expect(await readGroup(store, { ...state, place: null })).toBeNull();
});

test('in a visit that was sent, place and number are told again; what is asked about is not forced back', async () => {
  const store = await phone();
  const visit = await draft(store);
  await finish(await opened(store, visit));
  await store.editSent(visit);
  const session = await opened(store, visit);
  expect(session.screen().preset.map(([path]) => path)).toEqual(['/data/place', '/data/volunteers']);
  const asked = [{ record: session.record, path: '/data/volunteers', text: '这么多人？' }];
  const state = { ...session.state(), correction: { decision: newId(), asked, answers: [] } };
  expect(factsOf(HEAD, state)).toEqual([]);
  expect(knownBefore({ binds: { ...HEAD.binds, place: null } }, session.filling)).toEqual([]);
  session.close();
});
