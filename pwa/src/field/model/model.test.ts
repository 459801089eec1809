import { describe, expect, test } from 'vitest';
import { addressOf, longAddress, shortAddress } from './address';
import { ageOf } from './age';
import { codeFromAddress, codeFromSquare, codeOf, strangeIn } from './code';
import { reached } from './how';
import { later, momentOf } from './later';
import { isOpen, rightWord, ringOf, type Stands } from './right-word';
import { found } from './search';
import { chipOf, reasonOf, type SentVisit } from './sent';
import { weekOf } from './week';

const TODAY = '2026-11-24';

describe('how old a person is', () => {
  test.each([
    ['1944-05', 82],
    ['1944-11', 82],
    ['1944-12', 81],
    ['1944-12-31', 81],
  ])('born in %s she is %i', (born, age) => expect(ageOf(born, TODAY)).toBe(age));

  test.each([undefined, '', 'unknown', '44-05', '2027-01', '1820-01'])('%s is no age', (born) =>
    expect(ageOf(born, TODAY)).toBeNull(),
  );
});

describe('where a person lives', () => {
  const labels: Record<string, string> = { p1: '柳荫社区', p2: '柳荫一区', p3: '柳堤平房' };
  const labelOf = (id: string) => labels[id];
  const number = (n: string) => `${n}号`;

  test('a flat is building, unit and room', () => {
    const address = addressOf({ community: 'p1', compound: 'p2', building: '3', unit: '1', room: '101' }, labelOf);
    expect(shortAddress(address, number)).toBe('柳荫一区 3-1-101');
    expect(longAddress(address, number)).toBe('柳荫社区 柳荫一区 3-1-101');
  });

  test('a yard has a number only', () => {
    const address = addressOf({ community: 'p1', compound: 'p3', building: '17', unit: '', room: '' }, labelOf);
    expect(shortAddress(address, number)).toBe('柳堤平房 17号');
  });

  test('a building without a unit keeps its room, and a place that has not come yet leaves no hole', () => {
    const address = addressOf({ community: 'p1', compound: 'p9', building: '5', room: '302' }, labelOf);
    expect(shortAddress(address, number)).toBe('柳荫社区 5-302');
    expect(longAddress(addressOf({}, labelOf), number)).toBe('');
  });
});

describe('the word at the right', () => {
  const stands = (over: Partial<Stands>): Stands => ({
    state: 'due',
    lastSeenOn: '2026-11-23',
    lastSeenHow: 'phone',
    unseenDays: 1,
    triedToday: false,
    ...over,
  });

  test('a day without contact before the last contact', () => {
    expect(rightWord(stands({ state: 'overdue', lastSeenOn: '2026-11-22', unseenDays: 2 }))).toEqual({
      at: 'missed',
      days: 1,
    });
    expect(rightWord(stands({ state: 'overdue', lastSeenOn: '2026-11-19', unseenDays: 5 }))).toEqual({
      at: 'missed',
      days: 4,
    });
    expect(rightWord(stands({ state: 'overdue', lastSeenOn: null, unseenDays: null }))).toEqual({
      at: 'missed',
      days: null,
    });
  });

  test('who was reached yesterday is due, and says how', () =>
    expect(rightWord(stands({}))).toEqual({ at: 'seen', on: '2026-11-23', how: 'phone' }));

  test('who is new says so', () =>
    expect(rightWord(stands({ lastSeenOn: null, lastSeenHow: null, unseenDays: null }))).toEqual({ at: 'new' }));

  test('who was tried today and not reached is still to be tried again', () => {
    const tried = stands({ state: 'waiting', triedToday: true });
    expect(rightWord(tried)).toEqual({ at: 'tried' });
    expect(ringOf(tried)).toBe('due');
    expect(ringOf({ ...tried, unseenDays: 3 })).toBe('overdue');
    expect(isOpen(tried)).toBe(true);
  });

  test('what is recorded today is done, wherever the record is', () => {
    for (const state of ['done', 'waiting', 'received'] as const) {
      expect(ringOf(stands({ state }))).toBe('done');
      expect(isOpen(stands({ state }))).toBe(false);
    }
    expect(isOpen(stands({ state: 'draft' }))).toBe(true);
  });
});

describe('the last seven days', () => {
  const looks = (known: Parameters<typeof weekOf>[0]) => weekOf(known, TODAY).map((day) => day.look);

  test('days after the newest contact were missed, days before it are not known here', () =>
    expect(looks({ beganOn: '2026-01-01', lastSeenOn: '2026-11-22', visits: [] })).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'seen',
      'missed',
      'today',
    ]));

  test('a visit that found nobody is a try, not a miss; one without an answer is a record', () =>
    expect(
      looks({
        beganOn: '2026-11-20',
        lastSeenOn: '2026-11-21',
        visits: [
          { day: '2026-11-20', reached: null },
          { day: '2026-11-22', reached: false },
          { day: '2026-11-24', reached: true },
        ],
      }),
    ).toEqual(['before', 'before', 'recorded', 'seen', 'tried', 'missed', 'seen']));

  test('somebody who is in nobody’s care here is never called missed', () =>
    expect(looks({ beganOn: null, lastSeenOn: null, visits: [] })).not.toContain('missed'));
});

test('an answer that this release does not know is neither reached nor missed', () => {
  expect(reached('opened')).toBe(true);
  expect(reached('nobody')).toBe(false);
  expect(reached('telepathy')).toBeNull();
  expect(reached('toString')).toBeNull();
  expect(reached(null)).toBeNull();
});

describe('finding a person', () => {
  test.each([
    ['于雪', '于　雪'],
    ['买买提', '古丽米热·买买提江'],
    ['古丽米热买买提江', '古丽米热·买买提江'],
    ['葛淑范', '葛\u{e0100}淑范'],
    ['郎玉山', '\uf92c玉山'],
    ['kim', 'KIM YOUNGJA'],
    ['𠅤', '李𠅤'],
    ['3-1-101', '柳荫一区 3-1-101'],
    ['一区 101', '柳荫一区 3-1-101'],
    ['', '朴顺姬'],
  ])('“%s” finds %s', (query, text) => expect(found(query, [text])).toBe(true));

  test('every word must be there, in any of the texts', () => {
    expect(found('朴 平房', ['朴顺姬', '柳堤平房 17号'])).toBe(true);
    expect(found('朴 一区', ['朴顺姬', '柳堤平房 17号'])).toBe(false);
  });
});

describe('an enrolment code', () => {
  test('forgives small letters, blanks, hyphens and full-width keys', () => {
    expect(codeOf(' abcd-23 45 ')).toBe('ABCD2345');
    expect(codeOf('ＡＢＣＤ２３４５')).toBe('ABCD2345');
    expect(codeOf('ABCD23456789')).toBe('ABCD2345');
  });

  test('never has a letter that is taken for another', () => {
    expect(strangeIn('ABCD234O')).toBe('O');
    expect(strangeIn('ABCD2345')).toBeNull();
  });

  test('is read from a square that holds an address or the bare code, and from no other', () => {
    expect(codeFromSquare('https://county.example/?code=abcd2345')).toBe('ABCD2345');
    expect(codeFromSquare('ABCD-2345')).toBe('ABCD2345');
    expect(codeFromSquare('https://elsewhere.example/pay')).toBeNull();
    expect(codeFromSquare('6901234567892')).toBeNull();
    expect(codeFromAddress('https://county.example/?code=AB')).toBeNull();
  });
});

describe('a visit that is written down later', () => {
  const now = Date.parse('2026-11-24T04:00:00Z'); // noon in Shanghai
  const zone = 'Asia/Shanghai';

  test('gets the moments of the county’s clock, whatever the phone’s zone', () => {
    expect(momentOf(TODAY, '08:42', zone)).toBe(Date.parse('2026-11-24T00:42:00Z'));
    expect(momentOf('2026-11-24', '00:05', zone)).toBe(Date.parse('2026-11-23T16:05:00Z'));
    expect(momentOf('2026-03-29', '03:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
  });

  test.each([
    [{ day: '', from: '08:00', to: '09:00' }, 'missing'],
    [{ day: TODAY, from: '', to: '09:00' }, 'missing'],
    [{ day: TODAY, from: '09:00', to: '09:00' }, 'order'],
    [{ day: TODAY, from: '11:00', to: '12:01' }, 'future'],
    [{ day: '2026-09-01', from: '08:00', to: '09:00' }, 'old'],
  ] as const)('%o is %s', (times, problem) => expect(later(times, now, zone)).toEqual({ at: 'problem', problem }));

  test('what fits is taken', () =>
    expect(later({ day: '2026-11-23', from: '08:00', to: '09:30' }, now, zone)).toEqual({
      at: 'times',
      inMs: Date.parse('2026-11-23T00:00:00Z'),
      outMs: Date.parse('2026-11-23T01:30:00Z'),
    }));
});

describe('where a record is', () => {
  const visit = (over: Partial<SentVisit>): SentVisit => ({
    state: 'waiting',
    handling: false,
    received: null,
    decisions: [],
    ...over,
  });

  test('what waits says whether there is a network', () => {
    expect(reasonOf(visit({}), 'idle')).toEqual({ at: 'waiting' });
    expect(reasonOf(visit({}), 'offline')).toEqual({ at: 'offline' });
    expect(reasonOf(visit({}), 'sending')).toEqual({ at: 'sending' });
  });

  test('what the county works on is received, with the line below', () => {
    const held = visit({ state: 'received', handling: true });
    expect(chipOf(held)).toBe('received');
    expect(reasonOf(held, 'idle')).toEqual({ at: 'handling' });
  });

  test('a return shows the newest words and whose they are', () => {
    const returned = visit({
      state: 'returned',
      decisions: [
        { kind: 'return', at: '2026-11-21T01:00:00.000Z', by: '佟立岩', words: '旧的' },
        { kind: 'return', at: '2026-11-23T01:00:00.000Z', by: '佟立岩', words: '写的是 2 度？' },
        { kind: 'approve', at: '2026-11-22T01:00:00.000Z', by: '佟立岩', words: null },
      ],
    });
    expect(reasonOf(returned, 'idle')).toEqual({ at: 'returned', by: '佟立岩', words: '写的是 2 度？' });
    expect(chipOf(visit({ state: 'approved' }))).toBe('passed');
  });
});
