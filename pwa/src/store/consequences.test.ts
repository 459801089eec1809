/** What was written down on this phone counts on it at once, before the county has heard of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Json, Programme } from '../sync/messages';
import { dayAfter } from './day';
import type { Store } from './store';
import { body, closeAll, draft, entity, finished, freshPhone, hear, HOME, id, SHAN, TEAM } from './testing/phone';
import type { EntityChange } from './types';

const NEW = id(70);
const COMMUNITY = id(71);
const FEED = `team:${TEAM}`;
let store: Store;
let seq = 0;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(closeAll);

const words = { zh: '', en: '' };
const change = (feed: string, kind: string, thing: string, made: unknown): Change => {
  seq += 1;
  return { feed, kind, id: thing, seq, version: `v${seq}`, body: JSON.parse(JSON.stringify(made)) as Json };
};
const programme = (key: string, people: Programme['people']): Change =>
  change('county', 'programme', key, { key, name: words, forms: [], doors: null, sensitive: false, people });
const team = (programme: string): Change =>
  change(FEED, 'team', TEAM, { id: TEAM, programme, name: words, communities: [], members: [] });
const me = (): Change =>
  change(`user:${SHAN}`, 'me', SHAN, {
    user: SHAN,
    name: '单秀云',
    language: 'zh',
    teams: [{ team: TEAM, leads: false }],
  });
const care = () => programme('day-care', { list: 'people', added_by: 'volunteer', pairs: 'volunteer', closes: null });
const clinic = () => programme('free-clinic', { list: 'people', added_by: 'volunteer', pairs: 'team', closes: null });
const closes = { property: 'case_state', values: ['closed'] };
const disputes = () => programme('mediation', { list: 'disputes', added_by: 'volunteer', pairs: 'volunteer', closes });

const person: EntityChange = { list: 'people', id: NEW, label: '佟玉兰', properties: {}, creates: true };
const matter = (case_state: string, creates = false): EntityChange => ({
  list: 'disputes',
  id: NEW,
  label: 'TJ1104-2041',
  properties: { case_state },
  creates,
});
const finish = async (visit: string, saves: readonly EntityChange[], programme = 'day-care'): Promise<string> => {
  const subject = saves[0] === undefined ? null : { list: saves[0].list, id: saves[0].id };
  const made = body(visit, { programme, subject });
  await store.saveDraft(visit, 0, draft());
  return (await store.finishVisit(finished(visit, { body: made, draft_rev: 1, reached: null, saves }))).op;
};
const due = async () => (await store.home()).people.map(({ entity, pair }) => [entity.label, pair.user]);

describe('somebody who was registered on this phone', () => {
  it('stands at once among the people of her day, is due from the next on, and not late then', async () => {
    await hear(store, { changes: [care(), team('day-care'), me()] });
    await finish(id(100), [person]);
    expect(await due()).toEqual([['佟玉兰', SHAN]]);
    const { people, today } = await store.home();
    expect(people).toMatchObject([{ state: 'waiting', last_seen_on: null, pair: { began_on: today } }]);
    const tomorrow = await store.home(Date.parse(`${dayAfter(today, 1)}T04:00:00Z`));
    expect(tomorrow.people.map(({ state }) => state)).toEqual(['due']);
  });

  it('is the whole team’s where the programme looks after people together', async () => {
    await hear(store, { changes: [clinic(), team('free-clinic'), me()] });
    await finish(id(100), [person], 'free-clinic');
    expect((await store.pairs()).map(({ team, user, entity }) => [team, user, entity])).toEqual([[TEAM, null, NEW]]);
  });

  it('is nobody’s where the programme looks after nobody, or another list, or the county does not say', async () => {
    const silent = programme('old-care', { list: 'people', added_by: 'volunteer' });
    await hear(store, { changes: [care(), programme('patrol', null), disputes(), silent] });
    for (const [n, key] of ['patrol', 'mediation', 'old-care'].entries()) await finish(id(100 + n), [person], key);
    expect(await store.pairs()).toEqual([]);
  });

  it('is looked after once, when the county says the same', async () => {
    await hear(store, { changes: [care(), team('day-care'), me()] });
    const op = await finish(id(100), [person]);
    const pair = { id: id(300), team: TEAM, user: SHAN, entity: NEW, began_on: '2026-11-24', ended_on: null };
    const told = change(FEED, 'pair', pair.id, { ...pair, last_seen_on: null, last_seen_how: null });
    const known = entity(FEED, NEW, '佟玉兰', 90);
    await hear(store, { changes: [told, known], more: true });
    expect(await due()).toEqual([['佟玉兰', SHAN]]);
    expect((await store.pairs()).map((each) => each.id)).toEqual([pair.id]);
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    expect(await due()).toEqual([['佟玉兰', SHAN]]);
  });

  it('goes when she takes the visit back, and comes again with it', async () => {
    await hear(store, { changes: [care(), team('day-care'), me()] });
    await finish(id(100), [person]);
    await store.withdrawVisit(id(100), null);
    expect(await due()).toEqual([]);
    expect(await store.entity(NEW)).toBeNull();
    await store.editSent(id(100));
    await store.finishVisit(finished(id(100), { body: body(id(100)), draft_rev: 1 }));
    expect(await due()).toEqual([['佟玉兰', SHAN]]);
  });
});

describe('a matter', () => {
  beforeEach(() => hear(store, { changes: [disputes(), team('mediation'), me()] }));

  it('leaves the list of what is due when its form says that it is done, and stays on the phone', async () => {
    await finish(id(100), [matter('open', true)], 'mediation');
    expect(await due()).toEqual([['TJ1104-2041', SHAN]]);
    await finish(id(101), [matter('closed')], 'mediation');
    expect(await due()).toEqual([]);
    expect(await store.entity(NEW)).toMatchObject({ label: 'TJ1104-2041', state: 'closed' });
  });

  it('comes back when the slip is mended, before the county has heard of either', async () => {
    await finish(id(100), [matter('open', true)], 'mediation');
    await finish(id(101), [matter('closed')], 'mediation');
    await store.editSent(id(101));
    const saves = [matter('open')];
    const made = body(id(101), { programme: 'mediation', subject: { list: 'disputes', id: NEW } });
    await store.finishVisit(finished(id(101), { body: made, draft_rev: 1, saves }));
    expect(await due()).toEqual([['TJ1104-2041', SHAN]]);
  });

  it('keeps how it stands where a form does not ask', async () => {
    const held = { id: NEW, list: 'disputes', label: 'TJ1104-2041', properties: {}, state: 'closed' };
    await hear(store, { changes: [change(FEED, 'entity', NEW, held)] });
    await finish(id(100), [{ ...matter('open'), properties: { kind: 'noise' } }], 'mediation');
    expect(await store.entity(NEW)).toMatchObject({ state: 'closed', properties: { kind: 'noise' } });
  });
});

describe('a place that was written down on this phone', () => {
  const card = (more: Partial<EntityChange> = {}): EntityChange => ({
    list: 'places',
    id: NEW,
    label: '柳荫二区宣传栏',
    properties: { kind: 'notice_board', community: COMMUNITY, parent: HOME },
    creates: true,
    ...more,
  });
  const known = { id: HOME, label: '垂柳家园', kind: 'compound', parent: COMMUNITY, community: COMMUNITY };
  beforeEach(() => hear(store, { changes: [change('county', 'place', HOME, known)] }));

  it('is offered at once, and marked until the county has it', async () => {
    const op = await finish(id(100), [card()]);
    const made = { id: NEW, label: '柳荫二区宣传栏', kind: 'notice_board', parent: HOME, community: COMMUNITY };
    expect(await store.places()).toEqual([known, { ...made, unsent: true }]);
    const told = change('county', 'place', NEW, made);
    await hear(store, { results: [{ id: op, outcome: 'accepted' }], changes: [told] });
    expect(await store.places()).toEqual(expect.arrayContaining([known, made]));
    expect(await store.places()).toHaveLength(2);
  });

  it('shows a correction of a known one, and makes none of one that is not here', async () => {
    await finish(id(100), [card({ id: HOME, label: '垂柳新苑', properties: {}, creates: false })]);
    await finish(id(101), [card({ id: id(72), creates: false })]);
    expect(await store.places()).toEqual([{ ...known, label: '垂柳新苑', unsent: true }]);
  });

  it('lies in itself when it is a community', async () => {
    await finish(id(100), [card({ properties: { kind: 'community', community: '' } })]);
    expect((await store.places()).find((each) => each.id === NEW)).toMatchObject({ community: NEW, parent: null });
  });
});
