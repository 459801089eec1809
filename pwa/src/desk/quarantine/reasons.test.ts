import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n';
import { afterRelease, isReason, mendWords, reasons, reasonTitle, whereWords } from './reasons';

const item = { code: 'answers_do_not_fit', reason: null, where: null, question: null } as const;
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
  it('is the question by its label, and what is wrong in words', () => {
    const told = whereWords({ ...item, reason: 'not_an_answer', where: '/data/room_temp', question });
    expect(told).toBe('屋里多少度：填的不是这道题能收的内容');
  });

  it('is the place alone where nothing more is known', () => {
    expect(whereWords({ ...item, where: 'line 3' })).toBe('line 3');
  });

  it('keeps what only a programmer can read', () => {
    expect(whereWords({ ...item, code: 'malformed', reason: '/body lacks team' })).toBe('/body lacks team');
  });

  it('says nothing where there is nothing to say', () => {
    expect(whereWords(item)).toBe('');
  });
});
