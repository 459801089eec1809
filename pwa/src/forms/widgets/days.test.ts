import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../../i18n';
import { dayWords, momentWords, monthName } from './days';

const NONE: ReadonlySet<string> = new Set();
afterEach(() => setLanguage('zh'));

test('a day reads as people say it, a month and a year without a day', () => {
  expect(dayWords('1999-03-07', NONE)).toBe('1999年3月7日 星期日');
  expect(dayWords('1950-03-01', new Set(['month-year']))).toBe('1950年3月');
  expect(dayWords('1998-01-01', new Set(['year']))).toBe('1998年');
  expect(momentWords('1999-03-07T09:10:00.000+08:00')).toBe('1999年3月7日 09:10');
  expect(monthName('03')).toBe('3月');
});

test('and so in English', () => {
  setLanguage('en');
  expect(dayWords('1950-03-01', new Set(['month-year']))).toBe('March 1950');
  expect(momentWords('1999-03-07T09:10:00.000+08:00')).toBe('7 Mar 1999 09:10');
  expect(monthName('03')).toBe('March');
});

test('what is no whole day stays as it was written', () => {
  expect(dayWords('1950-', new Set(['month-year']))).toBe('1950-');
  expect(dayWords('', NONE)).toBe('');
  expect(momentWords('')).toBe('');
});
