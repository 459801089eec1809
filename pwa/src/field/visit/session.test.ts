/** A visit over the real store and the real form engine: what a killed tab, a second tab and a full phone leave behind. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { warm } from '../../forms';
import { type DraftState, type Store, StoreError } from '../../store';
import { closeAll, entity, hear, OU, PIAO, reopened, SHAN, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { openSession, type Session } from './session';
import { markOf, putPerson, startDraft } from './start';
import { HEAD, phoneWithForm } from './testing/sent-visit';

let store: Store;

beforeAll(async () => {
  await warm(); // the engine is large: no single visit is to pay for it
}, 60_000);
beforeEach(async () => {
  store = await phoneWithForm();
});
afterEach(closeAll);

async function begun(door: string): Promise<string> {
  const visit = newId();
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  const start = {
    user: SHAN,
    team: TEAM,
    programme: 'day-care',
    form: HEAD,
    record: newId(),
    checkIn,
    left: null,
    door,
  };
  await store.saveDraft(visit, 0, startDraft({ ...start, subject: { list: 'people', id: PIAO } }));
  return visit;
}

async function opened(visit: string, takeOver = false, on = store): Promise<Session> {
  const result = await openSession(on, visit, takeOver);
  if (result.at !== 'open') throw new Error(result.at);
  return result.session;
}

async function finish(session: Session): Promise<{ minutes: number }> {
  const finished = await session.filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  return session.finish(finished, '朴顺姬');
}

test('whom and how are answered before the form is seen, and a form without an answer is untouched', async () => {
  const session = await opened(await begun('phone'));
  expect(session.filling.get('/data/person')).toBe(PIAO);
  expect(session.filling.get('/data/contact')).toBe('phone');
  expect(session.untouched()).toBe(true);
  session.filling.set('/data/wellbeing', 'well');
  expect(session.untouched()).toBe(false);
  session.close();
});

test('a killed tab comes back to the same answers and the same step', async () => {
  const visit = await begun('phone');
  const first = await opened(visit);
  first.filling.set('/data/wellbeing', 'worry');
  first.stepTo('/data/need');
  await vi.waitFor(() => expect(first.save.saving()).toEqual({ at: 'saved' }));
  // the tab is killed: nothing is closed, nothing is flushed; the phone opens the app again
  const session = await opened(visit, true, await reopened());
  expect(session.filling.get('/data/wellbeing')).toBe('worry');
  expect(session.screen().step).toBe('/data/need');
  session.close();
  const [card] = (await store.home()).drafts;
  expect(card).toMatchObject({ label: '朴顺姬', stands: { answered: 3, of: 4, at: '接下来要做什么' } });
});

test('finishing makes the visit with its facts, and the draft is gone', async () => {
  const visit = await begun('phone');
  const session = await opened(visit);
  session.filling.set('/data/wellbeing', 'well');
  await finish(session);
  session.close();
  expect(await store.loadDraft(visit)).toBeNull();
  expect(await store.visit(visit)).toMatchObject({
    state: 'waiting',
    label: '朴顺姬',
    reached: true,
    form: 'daily-contact',
  });
  const [op] = await store.exchange.waiting();
  const sent = JSON.parse(new TextDecoder().decode(await store.exchange.opText(op!.id))) as { body: DraftState };
  expect(sent.body).toMatchObject({
    visit,
    entry: 'live',
    subject: { list: 'people', id: PIAO },
    check_in: { reason: 'no_fix' },
    check_out: { reason: 'old_phone' },
    participants: [{ user: SHAN }],
  });
});

test('an answer at the door that is changed in the form is what the visit says', async () => {
  const visit = await begun('phone');
  const session = await opened(visit);
  session.filling.set('/data/contact', 'no_answer');
  session.filling.set('/data/need', 'none');
  await finish(session);
  session.close();
  expect(await store.visit(visit)).toMatchObject({ reached: false });
});

test('another person can be put into a form that is half filled, and her answers stay', async () => {
  await hear(store, { changes: [entity(`team:${TEAM}`, OU, '区兆年', 3)] });
  const visit = await begun('phone');
  const first = await opened(visit);
  first.filling.set('/data/wellbeing', 'low');
  await first.save.flush();
  first.close();
  await putPerson(store, visit, OU);
  const session = await opened(visit);
  expect(session.filling.get('/data/person')).toBe(OU);
  expect(session.filling.get('/data/wellbeing')).toBe('low');
  await finish(session);
  session.close();
  expect(await store.visit(visit)).toMatchObject({ subject: { list: 'people', id: OU } });
});

test('what is not on the disk cannot be finished; when the phone has room again, it can', async () => {
  const visit = await begun('phone');
  let full = true;
  const tight: Store = {
    ...store,
    saveDraft: (...args) => (full ? Promise.reject(new StoreError('quota')) : store.saveDraft(...args)),
  };
  const session = await opened(visit, false, tight);
  session.filling.set('/data/wellbeing', 'well');
  await vi.waitFor(() => expect(session.save.saving()).toEqual({ at: 'failed', full: true }));
  await expect(finish(session)).rejects.toThrow();
  expect(await store.visit(visit)).toBeNull();
  full = false;
  await finish(session);
  expect(await store.visit(visit)).toMatchObject({ state: 'waiting' });
  session.close();
});

test('a finish that fails keeps the draft, and the next one goes through', async () => {
  const visit = await begun('phone');
  let broken = true;
  const shaky: Store = {
    ...store,
    finishVisit: (visit) => (broken ? Promise.reject(new StoreError('closed')) : store.finishVisit(visit)),
  };
  const session = await opened(visit, false, shaky);
  session.filling.set('/data/wellbeing', 'well');
  await expect(finish(session)).rejects.toThrow();
  session.stepTo('/data');
  await vi.waitFor(() => expect(session.save.saving()).toEqual({ at: 'saved' }));
  broken = false;
  await finish(session);
  expect(await store.visit(visit)).toMatchObject({ state: 'waiting' });
  session.close();
});

test('one window writes a draft: the second is told, and may take it over', async () => {
  const visit = await begun('phone');
  const first = await opened(visit);
  const other = await reopened();
  expect(await openSession(other, visit, false)).toEqual({ at: 'elsewhere' });
  const second = await opened(visit, true, other);
  await vi.waitFor(() => expect(first.lost()).toBe(true));
  second.filling.set('/data/wellbeing', 'low');
  await vi.waitFor(() => expect(second.save.saving()).toEqual({ at: 'saved' }));
  first.close();
  second.close();
});

test('a draft that is gone and a form that is not here are told apart', async () => {
  expect(await openSession(store, newId(), false)).toEqual({ at: 'gone' });
  const visit = await begun('phone');
  const formless: Store = { ...store, xform: () => Promise.resolve(null) };
  expect(await openSession(formless, visit, false)).toEqual({ at: 'no-form' });
});
