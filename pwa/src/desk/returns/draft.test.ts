import { beforeEach, describe, expect, it, test } from 'vitest';
import type { RecordView } from '../../api/types';
import { askables, bodyOf, dayOfDraft, editReturn, missingIn, withQuick } from './draft';
import { inWorkingDays } from './working-days';

const both = (zh: string) => ({ zh, en: zh });
const answer = (path: string, label: string, value: string, calculated = false) => ({
  path,
  label: both(label),
  value_text: both(value),
  raw: value,
  class: 'none',
  calculated,
  group: null,
  attachment: null,
});
const record: RecordView = {
  record: 'r1',
  form: 'day-care-visit',
  version: '2',
  title: both('上门照料'),
  about: null,
  answers: [
    answer('/data/pills', '今天吃药', '忘了，已提醒'),
    answer('/data/room', '屋里多少度', '14 ℃'),
    answer('/data/counts', '算出来的', '1', true),
  ],
};
const fields = askables([record]);
const today = '2026-11-24';
let visit = 0;

describe('a return while it is written', () => {
  beforeEach(() => {
    visit += 1;
  });
  const edit = () => editReturn('tong', `v${visit}`);

  it('asks about what somebody said, not about what the form worked out', () => {
    expect(fields.map(({ label }) => label.zh)).toEqual(['今天吃药', '屋里多少度']);
    expect(fields[0]!.title).toBeNull();
  });

  it('is there again after it was put aside, for this visit and this person alone', () => {
    edit().ask('r1 /data/pills', true);
    edit().say('r1 /data/pills', '后来吃上了吗？');
    expect(edit().draft()).toMatchObject({
      asked: { 'r1 /data/pills': true },
      words: { 'r1 /data/pills': '后来吃上了吗？' },
    });
    expect(editReturn('tong', 'another').draft().asked).toEqual({});
    expect(editReturn('guan', `v${visit}`).draft().asked).toEqual({});
  });

  it('keeps the words of a field that is unticked, and does not send them', () => {
    edit().ask('r1 /data/pills', true);
    edit().say('r1 /data/pills', '后来吃上了吗？');
    edit().ask('r1 /data/pills', false);
    edit().sayOverall('谢谢。');
    expect(edit().draft().words['r1 /data/pills']).toBe('后来吃上了吗？');
    expect(bodyOf(edit().draft(), fields, today).comments).toEqual([]);
  });

  it('is gone once it was sent, and back when the sending is taken back', () => {
    edit().ask('r1 /data/room', true);
    edit().say('r1 /data/room', '是不是 24？');
    const sent = edit().clear();
    expect(edit().draft()).toEqual({ asked: {}, words: {}, overall: '', byDay: undefined });
    edit().putBack(sent);
    expect(edit().draft().words['r1 /data/room']).toBe('是不是 24？');
  });

  it('is sent as the server reads it', () => {
    edit().ask('r1 /data/room', true);
    edit().say('r1 /data/room', ' 是不是 24？ ');
    edit().sayOverall('  ');
    expect(bodyOf(edit().draft(), fields, today)).toEqual({
      kind: 'return',
      words: null,
      by_day: '2026-11-27',
      comments: [{ record: 'r1', path: '/data/room', text: '是不是 24？' }],
    });
  });

  it('says what is missing: words for what is ticked, or anything at all, or a day that has not gone by', () => {
    expect(missingIn(edit().draft(), fields, today)).toEqual({ at: 'overall' });
    edit().ask('r1 /data/room', true);
    edit().sayOverall('请看一下');
    expect(missingIn(edit().draft(), fields, today)).toEqual({ at: 'field', key: 'r1 /data/room' });
    edit().say('r1 /data/room', '是不是 24？');
    expect(missingIn(edit().draft(), fields, today)).toBeNull();
    edit().setByDay('2026-11-23');
    expect(missingIn(edit().draft(), fields, today)).toEqual({ at: 'day' });
    edit().setByDay(null);
    expect(missingIn(edit().draft(), fields, today)).toBeNull();
    expect(dayOfDraft(edit().draft(), today)).toBeNull();
  });
});

test.each([
  ['2026-11-24', '2026-11-27'],
  ['2026-11-25', '2026-11-30'],
  ['2026-11-28', '2026-12-02'],
  ['2026-12-30', '2027-01-04'],
])('three working days after %s is %s', (day, expected) => {
  expect(inWorkingDays(day, 3)).toBe(expected);
});

test('a quick word joins the words, once', () => {
  expect(withQuick('', '太暗', '，', '。')).toBe('太暗');
  expect(withQuick('太暗', '看不清', '，', '。')).toBe('太暗，看不清');
  expect(withQuick('请再拍一张。', '太暗', '，', '。')).toBe('请再拍一张。太暗');
  expect(withQuick('太暗，看不清', '太暗', '，', '。')).toBe('太暗，看不清');
});
