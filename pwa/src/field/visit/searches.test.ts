/** A position that is found while the form opens: nothing that is answered later may be held up by it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftState, Store } from '../../store';
import { closeAll, freshPhone, PIAO, SHAN, TEAM } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import type { Search } from '../position';
import { claim, follow } from './searches';
import { markOf } from './start';

const FOUND = { position: { lat: 400000000, lon: 1345000000, accuracy_m: 20, age_ms: 0 } };

let store: Store;

beforeEach(async () => {
  store = await freshPhone();
});
afterEach(closeAll);

async function begun(): Promise<string> {
  const visit = newId();
  const state: DraftState = {
    team: TEAM,
    programme: 'day-care',
    entry: 'live',
    subject: { list: 'people', id: PIAO },
    place: null,
    check_in: markOf(moment(), { reason: 'no_fix' }),
    participants: [{ user: SHAN, in: moment(), out: null }],
    helpers_unnamed: 0,
    records: [],
    screen: null,
  };
  await store.saveDraft(visit, 0, state);
  return visit;
}

function searching(): { search: Search; find: () => void } {
  let find!: () => void;
  const found = new Promise<typeof FOUND>((resolve) => {
    find = () => resolve(FOUND);
  });
  return { search: { found, now: () => ({ reason: 'no_fix' }), stop: () => undefined }, find };
}

const whereOf = async (visit: string) => (await store.loadDraft(visit))?.state.check_in;

test('a position that is found before the form opens is in the draft that the form loads', async () => {
  const visit = await begun();
  const { search, find } = searching();
  follow(store, visit, search);
  find();
  await Promise.resolve();
  await Promise.resolve();
  const claimed = await claim(store, visit);
  expect(await whereOf(visit)).toMatchObject(FOUND);
  await claimed.release();
});

test('a position that is found while the form opens is kept for the form, which alone writes', async () => {
  const visit = await begun();
  const { search, find } = searching();
  follow(store, visit, search);
  const claimed = await claim(store, visit);
  const draft = await store.loadDraft(visit);
  find();
  await vi.waitFor(() => expect(search.found).resolves.toEqual(FOUND));
  let state = draft!.state;
  claimed.listen((change) => {
    state = change(state);
  });
  expect(state.check_in).toMatchObject(FOUND);
  expect((await store.loadDraft(visit))?.rev).toBe(draft!.rev);
  await claimed.release();
});

test('a position that is found for a form which never came is written all the same', async () => {
  const visit = await begun();
  const { search, find } = searching();
  follow(store, visit, search);
  const claimed = await claim(store, visit);
  find();
  await vi.waitFor(() => expect(search.found).resolves.toEqual(FOUND));
  await claimed.release();
  expect(await whereOf(visit)).toMatchObject(FOUND);
});
