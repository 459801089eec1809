import { describe, expect, it } from 'vitest';
import type { AnswerRow, ComparedRow, Comparison, DecisionLine, RevisionLine } from '../../api/types';
import { countRows, pairOf, shownRows } from './rows';

const both = (zh: string) => ({ zh, en: zh });
const answer = (value: string, calculated = false): AnswerRow => ({
  path: '/data/x',
  label: both('x'),
  value_text: both(value),
  raw: value,
  class: 'none',
  calculated,
  group: null,
  attachment: null,
});
const row = (path: string, before: AnswerRow | null, after: AnswerRow | null, changed: boolean): ComparedRow => ({
  path,
  label: both(path),
  group: null,
  before,
  after,
  changed,
  asked: null,
  answer: null,
});
const revision = (number: number, received_at: string): RevisionLine => ({
  id: `r${number}`,
  number,
  by: '单秀云',
  received_at,
  why: null,
  reason: null,
  merges: null,
});
const decision = (kind: DecisionLine['kind'], at: string, undone = false): DecisionLine => ({
  id: at,
  kind,
  by: '佟立岩',
  at,
  words: null,
  undone,
  by_day: null,
  comments: [],
});
const compared: Comparison = {
  from: revision(1, '2026-11-22T06:00:00.000Z'),
  to: revision(2, '2026-11-24T01:12:00.000Z'),
  records: [
    {
      record: 'a',
      title: both('上门照料'),
      about: null,
      rows: [
        row('/data/meal', answer('吃得好'), answer('吃得好'), false),
        row('/data/room', answer('2 ℃'), answer('20 ℃'), true),
        row('/data/new', null, answer('有'), true),
        row('/data/gone', answer('有', true), null, true),
      ],
    },
    {
      record: 'b',
      title: both('每日联系'),
      about: null,
      rows: [row('/data/how', answer('挺好'), answer('挺好'), false)],
    },
  ],
};

describe('two versions beside each other', () => {
  it('show what somebody said, changed or not', () => {
    expect(shownRows(compared, false).map(({ rows }) => rows.length)).toEqual([3, 1]);
  });

  it('show only what was changed when that is asked for, and no record without a change', () => {
    const shown = shownRows(compared, true);
    expect(shown.map(({ record }) => record)).toEqual(['a']);
    expect(shown[0]!.rows.map(({ path }) => path)).toEqual(['/data/room', '/data/new']);
  });

  it('are counted as they are shown', () => {
    expect(countRows(compared)).toEqual({ changed: 2, same: 2 });
  });
});

describe('which two versions are compared', () => {
  const three = [
    revision(1, '2026-11-20T06:00:00.000Z'),
    revision(2, '2026-11-22T06:00:00.000Z'),
    revision(3, '2026-11-24T06:00:00.000Z'),
  ];

  it('is nothing while there is one', () => {
    expect(pairOf(three.slice(0, 1), [])).toBeNull();
  });

  it('is the newest with the one before it', () => {
    expect(pairOf(three, [])).toEqual({ from: 'r2', to: 'r3' });
  });

  it('is the newest with the one that was sent back, however many came since', () => {
    expect(pairOf(three, [decision('return', '2026-11-21T06:00:00.000Z')])).toEqual({ from: 'r1', to: 'r3' });
  });

  it('does not go by a return that was taken back', () => {
    expect(pairOf(three, [decision('return', '2026-11-21T06:00:00.000Z', true)])).toEqual({ from: 'r2', to: 'r3' });
  });

  it('is not the newest with itself when that one was sent back just now', () => {
    expect(pairOf(three, [decision('return', '2026-11-25T06:00:00.000Z')])).toEqual({ from: 'r2', to: 'r3' });
  });
});
