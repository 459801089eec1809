import { expect, test } from 'vitest';
import { cleared, filterOf, furtherCount, searchOf, viewOf } from './filters';

test('an address without parameters shows what waits for me', () => {
  expect(filterOf({}).state).toBe('received');
  expect(viewOf(filterOf({}))).toBe('mine');
});

test('a filter comes back from the address that it was written to', () => {
  const filter = filterOf({ state: 'approved', team: 't1', from: '2026-11-01', search: '朴' });
  const search = searchOf(filter);
  expect(filterOf(Object.fromEntries(Object.entries(search).map(([k, v]) => [k, v ?? undefined])))).toEqual(filter);
  expect(searchOf(filterOf({})).state).toBeNull();
});

test('each chip is one state with one kind of flag', () => {
  expect(viewOf(filterOf({ flag: 'any' }))).toBe('flagged');
  expect(viewOf(filterOf({ state: 'approved' }))).toBe('approved');
  expect(viewOf(filterOf({ flag: 'too_short' }))).toBeNull();
});

test('clearing takes away the further filters and keeps the chip', () => {
  const filter = filterOf({ flag: 'any', team: 't1', to: '2026-11-24' });
  expect(furtherCount(filter)).toBe(2);
  expect(cleared(filter)).toMatchObject({ flag: 'any', team: '', to: '' });
});
