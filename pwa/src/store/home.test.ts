import { describe, expect, it } from 'vitest';
import type { Pair } from '../sync/messages';
import { type HomeFacts, homeOf } from './home';
import { OU, PIAO, SHAN, TEAM, draft, id } from './testing/phone';
import type { Draft, KnownEntity, PersonState, VisitCard } from './types';

const TODAY = '2026-11-24';

const person = (thing: string, label: string): KnownEntity => ({
  id: thing,
  list: 'people',
  label,
  properties: {},
  state: 'active',
  feeds: [`team:${TEAM}`],
  unsent: false,
});

const pair = (entity: string, last_seen_on: string | null, more: Partial<Pair> = {}): Pair => ({
  id: `pair-${entity}`,
  team: TEAM,
  user: SHAN,
  entity,
  began_on: '2026-10-01',
  ended_on: null,
  last_seen_on,
  last_seen_how: null,
  ...more,
});

const visit = (state: VisitCard['state'], day: string, more: Partial<VisitCard> = {}): VisitCard => ({
  visit: id(100),
  state,
  handling: false,
  problem: null,
  team: TEAM,
  programme: 'day-care',
  form: 'daily-contact',
  subject: { list: 'people', id: PIAO },
  label: '朴顺姬',
  reached: true,
  day,
  check_in: `${day}T01:00:00.000Z`,
  received: null,
  decisions: [],
  returned: null,
  withdrawal: null,
  changeable: false,
  ...more,
});

const aDraft: Draft = { visit: id(101), rev: 1, began: '', changed: '', state: draft() };

const facts = (more: Partial<HomeFacts> = {}): HomeFacts => ({
  today: TODAY,
  user: SHAN,
  places: [],
  teams: [{ id: TEAM, programme: 'day-care', mine: true }],
  pairs: [pair(PIAO, '2026-11-23')],
  entities: [person(PIAO, '朴顺姬'), person(OU, '区兆年')],
  programmes: [{ key: 'day-care', name: { zh: '', en: '' }, forms: [], doors: null, sensitive: false }],
  drafts: [],
  visits: [],
  ...more,
});

const stateWith = (more: Partial<HomeFacts>): PersonState | undefined => homeOf(facts(more)).people[0]?.state;

describe('somebody who is not looked in on every day', () => {
  const programmes = [{ ...facts().programmes[0]!, daily: false }];

  it('is never late, and keeps what was begun', () => {
    expect(stateWith({ programmes, pairs: [pair(PIAO, '2026-09-01')] })).toBe('done');
    expect(stateWith({ programmes, drafts: [aDraft] })).toBe('draft');
    expect(homeOf(facts({ programmes })).people[0]?.daily).toBe(false);
  });

  it('stands on the screen of whoever follows the matter, not of the whole team', () => {
    const people = (user: string | null) => homeOf(facts({ programmes, pairs: [pair(PIAO, null, { user })] })).people;
    expect(people(SHAN)).toHaveLength(1);
    expect(people(null)).toHaveLength(0);
  });
});

describe('a person on the home screen', () => {
  it.each<[PersonState, string, Partial<HomeFacts>]>([
    ['due', 'reached yesterday', {}],
    ['overdue', 'not reached yesterday', { pairs: [pair(PIAO, '2026-11-22')] }],
    ['overdue', 'never reached in weeks', { pairs: [pair(PIAO, null)] }],
    ['due', 'looked after since today', { pairs: [pair(PIAO, null, { began_on: TODAY })] }],
    ['due', 'looked after since yesterday', { pairs: [pair(PIAO, null, { began_on: '2026-11-23' })] }],
    ['overdue', 'looked after since the day before', { pairs: [pair(PIAO, null, { began_on: '2026-11-22' })] }],
    ['done', 'reached today by somebody', { pairs: [pair(PIAO, TODAY)] }],
    ['draft', 'half written down', { drafts: [aDraft], visits: [visit('waiting', TODAY)] }],
    ['waiting', 'visited today, not sent', { visits: [visit('waiting', TODAY)] }],
    ['waiting', 'visited twice, one of them not sent', { visits: [visit('received', TODAY), visit('waiting', TODAY)] }],
    ['received', 'visited today, with the county', { visits: [visit('received', TODAY)] }],
    ['received', 'visited today, asked back', { visits: [visit('returned', TODAY)] }],
    ['done', 'visited today, approved', { visits: [visit('approved', TODAY)] }],
    [
      'due',
      'reached yesterday by a visit that waits',
      { pairs: [pair(PIAO, null)], visits: [visit('waiting', '2026-11-23')] },
    ],
    [
      'overdue',
      'not met yesterday',
      { pairs: [pair(PIAO, '2026-11-22')], visits: [visit('received', '2026-11-23', { reached: false })] },
    ],
  ])('is %s when %s', (state, _, more) => {
    expect(stateWith(more)).toBe(state);
  });

  it('stands the higher, the longer she was not seen', () => {
    const third = id(60);
    const home = homeOf(
      facts({
        pairs: [pair(PIAO, TODAY), pair(third, '2026-11-20'), pair(OU, null)],
        entities: [person(PIAO, '朴顺姬'), person(OU, '区兆年'), person(third, '马犇')],
      }),
    );
    expect(home.people.map(({ entity, unseen_days }) => [entity.label, unseen_days])).toEqual([
      ['区兆年', null],
      ['马犇', 4],
      ['朴顺姬', 0],
    ]);
  });

  it('is there once, only in an open pair of hers or of her whole team', () => {
    const shown = (...pairs: Pair[]): number => homeOf(facts({ pairs })).people.length;
    expect(shown(pair(PIAO, null), pair(PIAO, null, { user: null }))).toBe(1);
    expect(shown(pair(PIAO, null, { user: null }))).toBe(1);
    expect(shown(pair(PIAO, null, { user: id(55) }))).toBe(0);
    expect(shown(pair(PIAO, null, { team: id(56), user: null }))).toBe(0);
    expect(shown(pair(PIAO, null, { ended_on: '2026-11-23' }))).toBe(0);
    expect(shown(pair(PIAO, null, { began_on: '2026-11-25' }))).toBe(0);
  });

  it('is shown by code and street where the programme alone tells something about her', () => {
    const programmes = [{ key: 'day-care', name: { zh: '', en: '' }, forms: [], doors: null, sensitive: true }];
    expect(homeOf(facts({ programmes })).people[0]?.discreet).toBe(true);
    expect(homeOf(facts()).people[0]?.discreet).toBe(false);
  });
});

describe('the home screen', () => {
  it('counts what is half-done, waits, came back and is being worked on', () => {
    const home = homeOf(
      facts({
        drafts: [aDraft],
        visits: [
          visit('waiting', TODAY, { visit: id(111) }),
          visit('waiting', '2026-11-23', { visit: id(110) }),
          visit('returned', '2026-11-20', { visit: id(112) }),
          visit('received', '2026-11-19', { visit: id(113), handling: true }),
        ],
      }),
    );
    expect(home.counts).toEqual({ drafts: 1, waiting: 2, handling: 1, returned: 1 });
    expect(home.waiting.map((card) => card.visit)).toEqual([id(110), id(111)]); // the oldest first
    expect(home.drafts[0]).toMatchObject({ visit: aDraft.visit, label: '朴顺姬', form: 'daily-contact' });
  });
});
