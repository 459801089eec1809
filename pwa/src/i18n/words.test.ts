import { afterEach, describe, expect, test } from 'vitest';
import { formatBytes, formatDay, formatNear, formatTime, inWords, language, setLanguage, t } from '.';
import * as enDesk from './en/desk';
import * as enField from './en/field';
import * as enForms from './en/forms';
import * as enGroup from './en/group';
import * as enLater from './en/later';
import * as enPublish from './en/publish';
import * as enUi from './en/ui';
import * as enVisits from './en/visits';
import * as zhDesk from './zh/desk';
import * as zhField from './zh/field';
import * as zhForms from './zh/forms';
import * as zhGroup from './zh/group';
import * as zhLater from './zh/later';
import * as zhPublish from './zh/publish';
import * as zhUi from './zh/ui';
import * as zhVisits from './zh/visits';

type Catalogue = Record<string, string | { one: string; other: string }>;
const pairs: [string, Catalogue, Catalogue][] = [
  ['ui', zhUi.ui, enUi.ui],
  ['field', zhField.field, enField.field],
  ['field, later', zhLater.later, enLater.later],
  ['forms', zhForms.forms, enForms.forms],
  ['visits', zhVisits.visits, enVisits.visits],
  ['group', zhGroup.group, enGroup.group],
  ['desk', zhDesk.desk, enDesk.desk],
  ['publish', zhPublish.publish, enPublish.publish],
];
const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();
const forms = (text: Catalogue[string] | undefined) => (typeof text === 'object' ? Object.values(text) : [text ?? '']);

afterEach(() => setLanguage('zh'));

describe.each(pairs)('the words of %s', (_area, zh, en) => {
  test('are the same keys in both languages, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });
  test('say something in both languages', () => {
    for (const text of [...Object.values(zh), ...Object.values(en)].flatMap(forms)) expect(text.trim()).not.toBe('');
  });
  test('name the same parameters in both languages', () => {
    for (const key of Object.keys(zh)) {
      const asked = names(forms(zh[key]).join());
      for (const text of forms(en[key])) {
        const left = asked.filter((name) => name !== 'n');
        expect(
          names(text).filter((name) => name !== 'n'),
          key,
        ).toEqual(left);
      }
      expect(asked, key).toEqual(expect.arrayContaining(names(forms(en[key]).join())));
    }
  });
});

test('Chinese is spoken first, and <html lang> follows the choice', () => {
  expect(language()).toBe('zh');
  setLanguage('en');
  expect(document.documentElement.lang).toBe('en');
  expect(localStorage.getItem('lx.language')).toBe('en');
});

test('a number picks its form in English', () => {
  expect(t('ui.nWaiting', { n: 1 })).toBe('1 条等信号');
  setLanguage('en');
  expect(t('ui.nWaiting', { n: 1 })).toBe('1 waits for signal');
  expect(t('ui.nWaiting', { n: 2 })).toBe('2 wait for signal');
});

test('a text without English from the server is shown in Chinese', () => {
  setLanguage('en');
  expect(inWords({ zh: '日间照料', en: '' })).toBe('日间照料');
  expect(inWords(null)).toBe('');
});

test('days, times and sizes read as people write them', () => {
  expect(formatDay('2026-11-24')).toBe('11月24日');
  expect(formatDay('2025-11-24', '2026-11-24')).toBe('2025年11月24日');
  expect(formatNear('2026-11-24', '2026-11-24')).toBe('今天');
  expect(formatNear('2026-11-22', '2026-11-24')).toBe('星期日');
  expect(formatNear('2026-11-02', '2026-11-24')).toBe('11月2日');
  expect(formatTime('2026-11-24T01:48:00.000Z', 'Asia/Shanghai')).toBe('9:48');
  expect(formatTime('2026-11-23T16:05:00.000Z', 'Asia/Shanghai')).toBe('0:05');
  expect(formatBytes(640_400)).toBe('640 kB');
  setLanguage('en');
  expect(formatDay('2026-11-24')).toBe('24 Nov');
});
