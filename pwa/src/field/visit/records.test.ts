/** Several records under one check-in, over the real store and the real form engine: a clinic morning. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { warm } from '../../forms';
import clinic from '../../forms/fixtures/clinic-day.xml?raw';
import check from '../../forms/fixtures/health-check.xml?raw';
import type { DraftState, FormHead, Store } from '../../store';
import { closeAll, freshPhone, hear, HOME, OU, photo, PIAO, reopened, SHAN, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { left } from './holding';
import { addedForm, addRecord, labelIn, makesEntries, putRecordAbout, stateOf, wayInto } from './records';
import { openSession, type Session } from './session';
import { markOf, putTogether, startDraft } from './start';
import { sentOps } from './testing/sent-visit';
import { openWhole, type WholeVisit } from './whole';

const CLINIC_SHA = 'e'.repeat(64);
const CHECK_SHA = 'f'.repeat(64);
const words = (zh: string) => ({ zh, en: zh });
const head = (form: string, more: Partial<FormHead>): FormHead => ({
  form,
  version: '1',
  sha256: '',
  bytes: 1,
  programme: 'free-clinic',
  kind: 'activity',
  title: words(form),
  list: null,
  binds: { subject: null, door: null, place: null, volunteers: null },
  lists: [],
  minutes: [5, 20, 90],
  one_page: false,
  entity: false,
  ...more,
});
const CLINIC = head('clinic-day', {
  sha256: CLINIC_SHA,
  binds: { subject: null, door: null, place: '/data/place', volunteers: '/data/volunteers' },
});
const CHECK = head('health-check', {
  sha256: CHECK_SHA,
  list: 'people',
  binds: { subject: '/data/person', door: '/data/door', place: null, volunteers: null },
  entity: true,
});
const way = { form: 'health-check', answer: 'opened' };
const DOORS = {
  seen: way,
  not_met: { form: 'health-check', answers: ['nobody'] },
  phone: { ...way, answer: 'phone' },
  event: { ...way, answer: 'came' },
};
const PROGRAMME = {
  key: 'free-clinic',
  name: words('健康义诊服务小队'),
  forms: ['clinic-day', 'health-check'],
  doors: DOORS,
  sensitive: false,
};
const EVENT = { medics: '2', reached: '40', reached_65: '30', referred: '1' };
const MEASURED = { bp_sys: '128', bp_dia: '80' };
const ASKED = { self_care: 'independent', health_file: 'new', wellbeing: 'well' };

/** On the list, and agrees to all. */
function person(id: string, label: string, seq: number) {
  const body = { id, list: 'people', label, properties: { consent: 'all' }, state: 'active' };
  return { feed: `team:${TEAM}`, kind: 'entity', id, seq, version: '1', body } as never;
}

let store: Store;
beforeAll(async () => {
  await warm();
}, 60_000);
beforeEach(async () => {
  store = await freshPhone();
  const row = (kind: string, id: string, seq: number, body: object) =>
    ({ feed: 'county', kind, id, seq, version: '1', body }) as never;
  await hear(store, {
    changes: [
      row('programme', PROGRAMME.key, 1, PROGRAMME),
      row('form', CLINIC.form, 2, CLINIC),
      row('form', CHECK.form, 3, CHECK),
      row('place', HOME, 4, { id: HOME, label: '柳荫活动中心', kind: 'compound', parent: null, community: null }),
      person(PIAO, '朴顺姬', 5),
      person(OU, '区兆年', 6),
    ],
  });
  await store.exchange.putXform(CLINIC_SHA, clinic);
  await store.exchange.putXform(CHECK_SHA, check);
});
afterEach(closeAll);

async function begun(): Promise<string> {
  const visit = newId();
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  const about = { user: SHAN, team: TEAM, programme: 'free-clinic', subject: null, place: HOME, form: CLINIC };
  await store.saveDraft(visit, 0, startDraft({ ...about, record: newId(), checkIn, left: null, door: null }));
  return visit;
}

async function stateNow(visit: string): Promise<DraftState> {
  await left(visit);
  return (await store.loadDraft(visit))!.state;
}

async function form(visit: string, record: string, on = store): Promise<Session> {
  const opened = await openSession(on, visit, true, record);
  if (opened.at !== 'open') throw new Error(opened.at);
  return opened.session;
}

async function whole(visit: string): Promise<WholeVisit> {
  const opened = await openWhole(store, visit, false);
  if (opened.at !== 'open') throw new Error(opened.at);
  return opened.whole;
}

function answer(session: Session, answers: Readonly<Record<string, string>>, group = ''): void {
  for (const [name, value] of Object.entries(answers)) session.filling.set(`/data/${group}${name}`, value);
}

async function done(session: Session): Promise<void> {
  const finished = await session.filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  await session.done(finished);
  await session.leave();
}

async function fillEvent(visit: string): Promise<void> {
  const session = await form(visit, (await stateNow(visit)).records[0]!.record);
  answer(session, EVENT);
  await done(session);
}

async function add(visit: string, person: string | null): Promise<string> {
  const added = addedForm(await stateNow(visit), await store.programmes(), await store.forms());
  return addRecord(store, visit, added!, person === null ? null : { list: 'people', id: person });
}

async function fillCheck(visit: string, record: string): Promise<void> {
  const session = await form(visit, record);
  answer(session, MEASURED, 'check/');
  answer(session, ASKED);
  await done(session);
}

const states = async (visit: string) => {
  const state = await stateNow(visit);
  return state.records.map((record) => stateOf(record, state).at);
};

test('what may be added is the form that the programme names for its events; a visit to a person has one record', async () => {
  const [programmes, forms] = await Promise.all([store.programmes(), store.forms()]);
  const state = await stateNow(await begun());
  expect(addedForm(state, programmes, forms)).toMatchObject({ form: { form: 'health-check' }, answer: 'came' });
  expect(addedForm({ ...state, subject: { list: 'people', id: PIAO } }, programmes, forms)).toBeNull();
  expect(addedForm(state, [{ ...PROGRAMME, doors: null }], forms)).toBeNull();
  expect(wayInto(state, addedForm(state, programmes, forms))).toBe('records');
  expect(wayInto(state, null)).toBe('form');
});

test('an event and two who came are one visit with three records, finished at once', async () => {
  const visit = await begun();
  await fillEvent(visit);
  await fillCheck(visit, await add(visit, PIAO));
  await fillCheck(visit, await add(visit, OU));
  expect(await states(visit)).toEqual(['done', 'done', 'done']);
  const page = await whole(visit);
  expect(await page.finish('柳荫活动中心')).toMatchObject({ ok: true });
  await page.leave(true);
  const [op, ...others] = await sentOps(store);
  expect(others).toEqual([]);
  expect(op!.body).toMatchObject({ visit, subject: null, place: HOME, helpers_unnamed: 0 });
  expect(op!.body.records.map((record) => record.form)).toEqual(['clinic-day', 'health-check', 'health-check']);
  expect(new Set(op!.body.records.map(({ record }) => record)).size).toBe(3);
  expect(op!.body.records[1]!.xml).toContain(`<person>${PIAO}</person>`);
  expect(op!.body.records[1]!.xml).toContain('<door>came</door>');
  expect(op!.body.records[2]!.xml).toContain(`<person>${OU}</person>`);
  expect(op!.body.records[2]!.list_rows.people).toMatchObject([{ name: OU, label: '区兆年' }]);
  expect(await store.drafts()).toEqual([]);
  expect(await store.visit(visit)).toMatchObject({ state: 'waiting', label: '柳荫活动中心', form: 'clinic-day' });
  expect((await store.entity(PIAO))?.properties.self_care).toBe('independent');
});

test('a tab that is killed in one record costs none of them', async () => {
  const visit = await begun();
  const record = await add(visit, PIAO);
  const session = await form(visit, record);
  answer(session, MEASURED, 'check/');
  session.stepTo('/data/check');
  await vi.waitFor(() => expect(session.save.saving()).toEqual({ at: 'saved' }));
  const again = await form(visit, record, await reopened()); // nothing was closed
  expect([again.filling.get('/data/check/bp_sys'), again.screen().step]).toEqual(['128', '/data/check']);
  expect(again.state().records).toHaveLength(2);
  again.close();
});

test('a record in which nothing was answered leaves nothing, the event’s own form stays', async () => {
  const visit = await begun();
  const empty = await form(visit, await add(visit, PIAO));
  await empty.leave();
  const event = await form(visit, (await stateNow(visit)).records[0]!.record);
  await event.leave();
  expect(await states(visit)).toEqual(['empty']);
});

test('a record that was taken away can be had back, with what was written, after its page has gone too', async () => {
  const visit = await begun();
  await fillEvent(visit);
  const record = await add(visit, PIAO);
  await fillCheck(visit, record);
  const page = await whole(visit);
  const putBack = page.remove(record);
  await page.save.flush();
  expect(await states(visit)).toEqual(['done']);
  page.remove((await stateNow(visit)).records[0]!.record); // the visit's own stays
  await page.leave(true);
  await putBack();
  expect(await states(visit)).toEqual(['done', 'done']);
});

test('what is not whole stops the end and is named; what only lacked the last tap does not', async () => {
  const visit = await begun();
  const half = await add(visit, PIAO);
  const session = await form(visit, half);
  answer(session, MEASURED, 'check/');
  await session.leave();
  const page = await whole(visit);
  const [own] = page.state().records;
  expect(await page.finish('x')).toEqual({ ok: false, lacking: [own!.record, half] });
  await page.leave(true);
  await fillEvent(visit);
  const again = await form(visit, half);
  answer(again, ASKED);
  await again.leave(); // she went back without 这条填好了
  expect(await states(visit)).toEqual(['done', 'begun']);
  const end = await whole(visit);
  expect(await end.finish('x')).toMatchObject({ ok: true });
  await end.leave(true);
});

test('who came later is counted in the event’s form too, although it was done before', async () => {
  const visit = await begun();
  await fillEvent(visit);
  await putTogether(store, visit, [SHAN, OU], 3);
  expect(await states(visit)).toEqual(['begun']);
  const page = await whole(visit);
  await page.finish('x');
  await page.leave(true);
  const [op] = await sentOps(store);
  expect(op!.body.records[0]!.xml).toContain('<volunteers>5</volunteers>');
  expect([op!.body.participants.length, op!.body.helpers_unnamed]).toEqual([2, 3]);
});

test('an answer that is changed after 这条填好了 is judged again; only looked at, it stays done', async () => {
  const visit = await begun();
  await fillEvent(visit);
  const own = (await stateNow(visit)).records[0]!.record;
  await (await form(visit, own)).leave();
  expect(await states(visit)).toEqual(['done']);
  const session = await form(visit, own);
  session.filling.set('/data/medics', '');
  await session.leave();
  expect(await states(visit)).toEqual(['begun']);
});

test('somebody who is on no list is written into the form, and stands on the phone’s list with the end', async () => {
  expect([makesEntries(check), makesEntries(clinic)]).toEqual([true, false]);
  const visit = await begun();
  await fillEvent(visit);
  const record = await add(visit, OU);
  await putRecordAbout(store, visit, record, null); // the wrong one was tapped
  const session = await form(visit, record);
  expect(session.filling.get('/data/person')).toBe('');
  answer(session, { consent_now: 'record_only' });
  answer(session, { full_name: '  佟玉兰 ', compound: HOME });
  answer(session, MEASURED, 'check/');
  answer(session, ASKED);
  await done(session);
  const xml = (await stateNow(visit)).records[1]!.done!.xml;
  expect(labelIn(xml)).toBe('佟玉兰');
  const page = await whole(visit);
  await page.finish('x');
  await page.leave(true);
  const made = (await store.entities('people')).find(({ label }) => label === '佟玉兰');
  expect(made).toMatchObject({ unsent: true, properties: { consent: 'record_only', compound: HOME } });
});

test('each record sends the files that it names, and the same one in two is kept once', async () => {
  const visit = await begun();
  await fillEvent(visit);
  const taken = await photo(visit, 1);
  await store.keepCapture(taken);
  for (const person of [PIAO, OU]) {
    const session = await form(visit, await add(visit, person));
    answer(session, MEASURED, 'check/');
    answer(session, { ...ASKED, photo: taken.name });
    await done(session);
  }
  const page = await whole(visit);
  await page.finish('x');
  await page.leave(true);
  const [op] = await sentOps(store);
  expect(op!.body.records.map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([
    [],
    [taken.name],
    [taken.name],
  ]);
  expect((await store.captures(visit)).map(({ state }) => state)).toEqual(['waiting']);
});

test('a return that asks in two records opens both, and goes back when both are answered', async () => {
  const visit = await begun();
  await fillEvent(visit);
  for (const person of [PIAO, OU]) await fillCheck(visit, await add(visit, person));
  const page = await whole(visit);
  await page.finish('x');
  await page.leave(true);
  const [op] = await sentOps(store);
  const { body, id } = op!;
  const asked = body.records.slice(1).map(({ record }) => ({ record, path: '/data/check/bp_sys', text: '再量一次' }));
  const decision = newId();
  const records = body.records.map((each) => ({
    ...each,
    sha256: each.form === 'clinic-day' ? CLINIC_SHA : CHECK_SHA,
  }));
  const told = {
    visit,
    state: 'returned',
    revision: id,
    number: 1,
    team: TEAM,
    programme: 'free-clinic',
    form: 'clinic-day',
    subject: null,
    place: HOME,
    day: '2026-11-24',
    check_in_at: '2026-11-24T01:40:00.000Z',
    received_at: '2026-11-24T01:48:00.000Z',
    handling: null,
    decisions: [],
    reached: null,
    returned: {
      decision,
      by: '佟立岩',
      at: '2026-11-24T02:00:00.000Z',
      by_day: null,
      words: null,
      comments: asked,
      body: { ...body, records },
    },
  };
  const change = { feed: `user:${SHAN}`, kind: 'visit', id: visit, seq: 9, version: newId(), body: told };
  await hear(store, { results: [{ id, outcome: 'accepted' }], changes: [change as never] });

  await store.beginCorrection(visit);
  const state = await stateNow(visit);
  expect(wayInto(state, null)).toBe('records');
  expect(state.records.map((record) => stateOf(record, state))).toEqual([
    { at: 'sent' },
    { at: 'asked', places: 1 },
    { at: 'asked', places: 1 },
  ]);
  for (const [n, { record, path }] of asked.entries()) {
    const session = await form(visit, record);
    expect(session.correction()?.asked).toEqual([asked[n]]);
    session.filling.set(path, '150');
    session.sayTo([...session.correction()!.answers, { record, path, said: 'changed' }]);
    await done(session);
    const end = await whole(visit);
    const lacking = asked.slice(n + 1).map((each) => each.record);
    if (lacking.length > 0) expect(await end.finish('x')).toEqual({ ok: false, lacking });
    else expect(await end.finish('x')).toMatchObject({ ok: true });
    await end.leave(true);
  }
  const again = (await sentOps(store)).at(-1)!;
  expect(again.base).toBe(id);
  expect(again.body.correction).toEqual({
    decision,
    answers: asked.map(({ record, path }) => ({ record, path, said: 'changed' })),
  });
  expect(again.body.records[0]).toEqual(body.records[0]);
  expect(again.body.records.slice(1).every(({ xml }) => xml.includes('<bp_sys>150</bp_sys>'))).toBe(true);
  expect([again.body.check_in, again.body.check_out]).toEqual([body.check_in, body.check_out]);
});
