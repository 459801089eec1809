import { expect, test } from 'vitest';
import contact from '../../forms/fixtures/daily-contact.xml?raw';
import type { At, FormHead } from '../../sync/messages';
import { choicesOf } from './choices';
import { calledIn, visitBody } from './facts';
import { beginDraft, doorWay, markOf, recordScreenOf, saidAt, screenOf, startDraft } from './start';

const TAP: At = { wall: '2026-11-24T00:42:00.000Z', mono: 60_000, start: 'a0000000-0000-7000-8000-000000000001' };
const OUT: At = { ...TAP, wall: '2026-11-24T01:31:00.000Z', mono: 3_000_000 };
const HEAD: FormHead = {
  form: 'day-care-visit',
  version: '1',
  sha256: 'aa',
  bytes: 1,
  programme: 'day-care',
  kind: 'home_visit',
  title: { zh: '上门照料', en: 'Care visit' },
  list: 'people',
  binds: { subject: '/data/person', door: '/data/door', place: null, volunteers: null },
  lists: ['people'],
  minutes: [10, 60, 300],
  one_page: false,
  entity: true,
};
const start = {
  user: 'u1',
  team: 't1',
  programme: 'day-care',
  subject: { list: 'people', id: 'p1' },
  form: HEAD,
  record: 'r1',
  checkIn: markOf(TAP, { reason: 'no_fix' }),
  left: null,
  door: 'opened',
};

test('the sheet shows the form’s own choices in both languages', () => {
  const choices = choicesOf(contact, '/data/contact');
  expect(choices.map((choice) => choice.value)).toContain('no_answer');
  expect(choices.find((choice) => choice.value === 'nobody')?.label).toEqual({
    zh: '上门没人应',
    en: 'Nobody at the door',
  });
  expect(choicesOf(contact, '/data/note')).toEqual([]);
});

test('whom and how it was at the door are preset, and the visit keeps the moment of the tap', () => {
  const draft = startDraft(start);
  expect(recordScreenOf(draft, draft.records[0]!).preset).toEqual([
    ['/data/person', 'p1'],
    ['/data/door', 'opened'],
  ]);
  expect(draft.check_in).toEqual({ at: TAP, reason: 'no_fix' });
  expect(draft.participants).toEqual([{ user: 'u1', in: TAP, out: null }]);
});

test('a person of another list than the form’s is not forced into it', () =>
  expect(startDraft({ ...start, subject: { list: 'youth', id: 'y1' }, door: null }).records[0]?.screen).toEqual({
    step: null,
    preset: [],
  }));

test('what the form says itself wins over what was preset, so that facts and answers are one', () => {
  const filled = { xml: '<data><person>p2</person><door>nobody</door></data>', list_rows: {}, attachments: [] };
  const made = visitBody('v1', startDraft(start), HEAD, new Map([['r1', filled]]), { at: OUT, reason: 'timed_out' });
  expect(made.body.subject).toEqual({ list: 'people', id: 'p2' });
  expect(made.reached).toBe(false);
  expect(made.body.participants).toEqual([{ user: 'u1', in: TAP, out: OUT }]);
  expect(made.body.records[0]).toMatchObject({ record: 'r1', form: 'day-care-visit', attachments: [] });
});

test('the entry that a form makes is whom the visit is about; whoever says no is named by neither', () => {
  const head = { binds: { ...HEAD.binds, subject: '/data/existing' }, list: 'disputes' };
  const entity = '<entity dataset="disputes" id="d1" create="1" update=""><label>TJ1130-1</label></entity>';
  const about = (xml: string) => {
    const filled = new Map([['r1', { xml, list_rows: {}, attachments: [] }]]);
    const { subject } = visitBody('v', startDraft(start), head, filled, { at: OUT }).body;
    return [subject, calledIn(xml, head, '朴顺姬')];
  };
  expect(about(`<data><existing/><meta>${entity}</meta></data>`)).toEqual([{ list: 'disputes', id: 'd1' }, 'TJ1130-1']);
  expect(about('<data><existing>d7</existing></data>')).toEqual([{ list: 'disputes', id: 'd7' }, '朴顺姬']);
  expect(about('<data><willing>no</willing></data>')).toEqual([null, null]);
});

test('a draft that begins with nobody does not ask for somebody', () => {
  const form = { ...HEAD, list: 'disputes', binds: { ...HEAD.binds, subject: '/data/existing' } };
  const state = beginDraft({ ...start, form, subject: null });
  expect(state.subject).toBeNull();
  expect(recordScreenOf(state, state.records[0]!).preset).toEqual([['/data/existing', '']]);
});

test('who is named is not counted again among the helpers', () => {
  const head = { ...HEAD, binds: { ...HEAD.binds, volunteers: '/data/volunteers' } };
  const filled = (counted: string) => ({
    xml: `<data><volunteers>${counted}</volunteers></data>`,
    list_rows: {},
    attachments: [],
  });
  const helpers = (counted: string) =>
    visitBody('v', startDraft(start), head, new Map([['r1', filled(counted)]]), { at: OUT }).body.helpers_unnamed;
  expect([helpers('5'), helpers('0'), helpers('')]).toEqual([4, 0, 0]);
});

test('a visit that is written down later says its times in words; nothing was tapped then', () => {
  const before = saidAt(Date.parse(TAP.wall) - 3_600_000, TAP);
  expect(before).toEqual({ ...TAP, wall: '2026-11-23T23:42:00.000Z' });
  expect(startDraft({ ...start, left: OUT }).entry).toBe('later');
});

test('a door button opens the form that the programme names, and refuses an answer that it does not', () => {
  const doors = {
    seen: { form: 'day-care-visit', answer: 'opened' },
    not_met: { form: 'day-care-visit', answers: ['nobody'] },
    phone: { form: 'daily-contact', answer: 'phone' },
  };
  expect(doorWay(doors, { at: 'seen' })).toEqual({ form: 'day-care-visit', answer: 'opened' });
  expect(doorWay(doors, { at: 'not-met', answer: 'nobody' })).toEqual({ form: 'day-care-visit', answer: 'nobody' });
  expect(doorWay(doors, { at: 'not-met', answer: 'elsewhere' })).toBeNull();
  expect(doorWay(doors, { at: 'brief' })).toBeNull();
});

test('a screen that another release wrote is read as far as it can be', () => {
  const nothing = { step: null, preset: [] };
  expect(recordScreenOf({ screen: null }, {})).toEqual(nothing);
  expect(recordScreenOf({ screen: null }, { screen: { step: 4, preset: 3 } })).toEqual(nothing);
  const before = { screen: { step: '/data/need', preset: [['/data/door', 'opened']], left: { ...OUT } } };
  expect(recordScreenOf(before, {})).toEqual({ step: '/data/need', preset: [['/data/door', 'opened']] });
  expect([screenOf(before).left, screenOf({ screen: null }).left]).toEqual([OUT, null]);
});
