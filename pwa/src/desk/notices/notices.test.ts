import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../api/types';
import { json, sitDown } from '../testing/seat';
import { badge, type Bell, createBell } from './notices';
import { noticeTitle } from './NoticesPage';

const notice = (id: string, read: boolean): Notice => ({
  id,
  kind: 'corrected',
  at: '2026-11-24T01:12:00.000Z',
  visit: 'v1',
  item: null,
  by: '单秀云',
  words: null,
  read,
});

let county: Notice[];
let told: unknown[];
let dispose: () => void;
let news: () => void;

beforeEach(async () => {
  county = [notice('n2', false), notice('n1', true)];
  told = [];
  await sitDown((path, init) => {
    if (path.endsWith('/read')) {
      told.push(JSON.parse(init.body as string));
      county = county.map((each) => ({ ...each, read: true }));
      return json({ unread: 0 });
    }
    return json({ items: county, unread: county.filter((each) => !each.read).length, next: null });
  });
});
afterEach(() => dispose());

function hang(): Bell {
  return createRoot((end) => {
    dispose = end;
    const [version, setVersion] = createSignal(0);
    news = () => setVersion(version() + 1);
    return createBell({ version, heard: () => ({ at: 'fresh' }), look: () => Promise.resolve() });
  });
}

test('the bell counts what was not read, and reading tells the county up to which', async () => {
  const bell = hang();
  await vi.waitFor(() => expect(bell.unread()).toBe(1));
  await bell.read();
  expect(told).toEqual([{ up_to: 'n2' }]);
  expect(bell.unread()).toBe(0);
  await bell.read();
  expect(told).toHaveLength(1);
});

test('it follows the pulse of the desk', async () => {
  const bell = hang();
  await vi.waitFor(() => expect(bell.unread()).toBe(1));
  county = [notice('n3', false), ...county];
  news();
  await vi.waitFor(() => expect(bell.unread()).toBe(2));
});

test('a number that says nothing more is cut short', () => {
  expect([badge(7), badge(99), badge(120)]).toEqual(['7', '99', '99+']);
});

test('a notice says who did what', () => {
  expect(noticeTitle({ kind: 'withdrawn', by: '单秀云' })).toBe('单秀云撤回了一条记录');
  expect(noticeTitle({ kind: 'quarantined', by: '' })).toContain('有人');
  expect(noticeTitle({ kind: 'numbers_missing', by: '单秀云' })).toContain('单秀云的手机');
});
