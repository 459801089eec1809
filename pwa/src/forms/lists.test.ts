import { describe, expect, it } from 'vitest';
import { csvOf, overlay, rowsRead } from './lists';

describe('lists', () => {
  it('always have their header, even with nobody in them', () => {
    expect(csvOf([])).toBe('name,label\n');
  });

  it('are never ragged, whatever stands in a cell', () => {
    const rows = [
      { name: 'a', label: '王"老五", 二楼\n201' },
      { name: 'b', label: 'B', phone: '1' },
    ];
    expect(csvOf(rows)).toBe('name,label,phone\n"a","王""老五"", 二楼\n201",""\n"b","B","1"\n');
  });

  it('leave out a column whose name no element can have', () => {
    expect(csvOf([{ name: 'a', label: 'A', 'two words': 'x', '1st': 'y', 小区: 'z' }])).toBe(
      'name,label,小区\n"a","A","z"\n',
    );
  });

  it('lay the rows that a record read over those of today, and keep those that are gone', () => {
    const today = [
      { name: 'a', label: '新名字', consent: 'all', phone: '1' },
      { name: 'b', label: 'B' },
    ];
    const read = [
      { name: 'a', label: '老名字', consent: '' },
      { name: 'gone', label: '搬走了的人' },
    ];
    expect(overlay(today, read)).toEqual([
      { name: 'a', label: '老名字', consent: '', phone: '1' },
      { name: 'b', label: 'B' },
      { name: 'gone', label: '搬走了的人' },
    ]);
    expect(overlay(today)).toEqual(today);
  });

  it('remember only the rows that an answer names', () => {
    const lists = new Map([
      ['people', [{ name: 'a' }, { name: 'b' }]],
      ['places', [{ name: 'p' }]],
    ]);
    expect(rowsRead(lists, new Set(['b', 'well']))).toEqual({ people: [{ name: 'b' }] });
  });
});
