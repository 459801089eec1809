import { afterEach, describe, expect, it, test } from 'vitest';
import { setLanguage } from '../../i18n';
import { afterRelease, isReason, mendsFirst, mendWords, nextWords, reasons, reasonTitle, whereWords } from './reasons';

const question = { zh: '屋里多少度', en: 'Room temperature' };

afterEach(() => setLanguage('zh'));

describe('why something stands aside', () => {
  it.each(['zh', 'en'] as const)('has a title and a next step for every reason, in %s', (language) => {
    setLanguage(language);
    for (const reason of reasons) {
      expect(reasonTitle(reason)).not.toContain('desk.');
      expect(mendWords(reason).length).toBeGreaterThan(8);
    }
  });

  it('speaks of the author to somebody else', () => {
    for (const reason of reasons) expect(reasonTitle(reason)).not.toContain('您');
  });

  it('asks for another way on when vouching was not enough', () => {
    expect(afterRelease('not_your_team')).not.toBe(mendWords('not_your_team'));
    expect(afterRelease('malformed')).toBe(mendWords('malformed'));
  });

  it('tells its own reasons from other troubles', () => {
    expect(isReason('waits')).toBe(true);
    expect(isReason('already_settled')).toBe(false);
    expect(isReason('toString')).toBe(false);
  });
});

describe('where it does not fit', () => {
  const why = { title: '填的不是这道题能收的内容', next: '请点“补正”，在这一题改好。' };

  it('is the question by its label, and what is wrong in words', () => {
    const told = whereWords({ where: '/data/room_temp', question, why });
    expect(told).toBe('屋里多少度：填的不是这道题能收的内容');
  });

  it('is the place alone where nothing more is known, and what is wrong alone where the place is not', () => {
    expect(whereWords({ where: 'line 3', question: null, why: null })).toBe('line 3');
    expect(whereWords({ where: null, question: null, why })).toBe(why.title);
    expect(whereWords({ where: null, question: null, why: null })).toBe('');
  });

  it('says what to do about just this, where more is known than its code', () => {
    expect(nextWords({ code: 'answers_do_not_fit', why })).toBe(why.next);
    expect(nextWords({ code: 'malformed', why: null })).toBe(mendWords('malformed'));
  });
});

test('filling in anew is offered first only where it helps and can be done', () => {
  expect(mendsFirst({ code: 'answers_do_not_fit', mendable: true })).toBe(true);
  expect(mendsFirst({ code: 'answers_do_not_fit', mendable: false })).toBe(false);
  expect(mendsFirst({ code: 'not_your_team', mendable: true })).toBe(false);
});
