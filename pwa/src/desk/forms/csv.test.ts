import { expect, it } from 'vitest';
import { csvRows } from './csv';

it('reads rows by the names of their columns', () => {
  expect(csvRows('name,label\nsample-1,人 1\nsample-2,"李, ""二"""\n')).toEqual([
    { name: 'sample-1', label: '人 1' },
    { name: 'sample-2', label: '李, "二"' },
  ]);
});

it('keeps line breaks inside quotes, and empty cells', () => {
  expect(csvRows('a,b,c\r\n"1\n2",,\r\n')).toEqual([{ a: '1\n2', b: '', c: '' }]);
});

it('has no rows where only columns are named', () => {
  expect(csvRows('name,label\n')).toEqual([]);
  expect(csvRows('')).toEqual([]);
});
