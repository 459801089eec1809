import { expect, test } from 'vitest';
import type { FormHead, KnownTeam, Programme } from '../../store/types';
import { beginningsOf, emptyLists } from './beginnings';
import { matterLists } from './matters';

const words = { zh: '', en: '' };
const team = (id: string, programme: string, mine = true): KnownTeam => ({
  id,
  programme,
  name: words,
  communities: [],
  members: [],
  mine,
});
const form = (key: string, programme: string, kind: string, more: Partial<FormHead> = {}): FormHead => ({
  form: key,
  programme,
  kind,
  version: '1',
  sha256: key,
  bytes: 1,
  title: words,
  list: null,
  binds: { subject: null, door: null, place: null, volunteers: null },
  lists: [],
  minutes: [1, 2, 3],
  one_page: false,
  entity: true,
  creates: true,
  ...more,
});
const programme = (key: string, more: Partial<Programme> = {}): Programme => ({
  key,
  name: words,
  forms: [],
  doors: null,
  sensitive: false,
  ...more,
});
const card = form('person-card', 'common', 'registration', { list: 'people' });
const rights = form('rights-case', 'rights', 'case', { list: 'rights_cases' });
const support = form('support-visit', 'justice', 'case', { list: 'clients', creates: false });
const check = form('health-check', 'clinic', 'home_visit', { list: 'people' });
const all = [card, rights, support, check];
const programmes = [
  programme('flyers'),
  programme('clinic', { people: { list: 'people', added_by: 'volunteer' } }),
  programme('rights', { sensitive: true, people: { list: 'rights_cases', added_by: 'volunteer' } }),
  programme('justice', { sensitive: true, people: { list: 'clients', added_by: 'supervisor' } }),
];
const begun = (...teams: KnownTeam[]) =>
  beginningsOf(teams, programmes, all).map((each) => `${each.form.form} ${each.team.id}`);

test('a matter is begun by a team of its own programme, never where a supervisor adds people', () => {
  expect(begun(team('r', 'rights'), team('j', 'justice'))).toEqual(['rights-case r']);
  expect(begun(team('r', 'rights', false))).toEqual([]);
});

test('a list is one of matters where a form of a matter opens its entries, and of people otherwise', () => {
  expect([...matterLists(all)]).toEqual(['rights_cases']);
});

test('a card that everybody may fill is one of a team that looks after people, where she has one', () => {
  expect(begun(team('f', 'flyers'), team('c', 'clinic'))).toEqual(['person-card c']);
  expect(begun(team('f', 'flyers'))).toEqual(['person-card f']);
});

test('whoever is in two teams that look after people says for which of them a person is registered', () => {
  expect(begun(team('f', 'flyers'), team('c', 'clinic'), team('d', 'clinic'))).toEqual([
    'person-card c',
    'person-card d',
  ]);
});

test('nobody is put on the list of people by a team that nobody is to know of', () => {
  expect(begun(team('j', 'justice'), team('f', 'flyers'))).toEqual(['person-card f']);
  expect(begun(team('j', 'justice'))).toEqual([]);
});

test('an empty list says whose it is and who adds somebody', () => {
  const teams = [team('c', 'clinic'), team('j', 'justice'), team('f', 'flyers'), team('r', 'rights', false)];
  expect(
    emptyLists(teams, programmes, (list) => list === 'people').map(({ team, addedBy }) => [team.id, addedBy]),
  ).toEqual([['j', 'supervisor']]);
});
