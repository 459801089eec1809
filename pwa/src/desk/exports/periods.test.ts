import { expect, test } from 'vitest';
import { nameOf, periodOf, type PeriodName } from './periods';

test.each<[PeriodName, string, string, string]>([
  ['week', '2026-11-24', '2026-11-23', '2026-11-24'],
  ['week', '2026-11-29', '2026-11-23', '2026-11-29'],
  ['lastWeek', '2026-11-24', '2026-11-16', '2026-11-22'],
  ['month', '2026-11-24', '2026-11-01', '2026-11-24'],
  ['lastMonth', '2026-01-05', '2025-12-01', '2025-12-31'],
  ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['quarter', '2026-11-24', '2026-10-01', '2026-11-24'],
  ['year', '2026-01-01', '2026-01-01', '2026-01-01'],
])('%s on %s is %s to %s', (name, today, from, to) => {
  expect(periodOf(name, today)).toEqual({ from, to });
});

test('days that were typed are recognised when they are a period', () => {
  expect(nameOf({ from: '2026-10-01', to: '2026-10-31' }, '2026-11-24')).toBe('lastMonth');
  expect(nameOf({ from: '2026-10-02', to: '2026-10-31' }, '2026-11-24')).toBeNull();
});
