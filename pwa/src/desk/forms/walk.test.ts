import { expect, it } from 'vitest';
import { drawn, walked, widths } from './walk';

const extent = { rows: 100, columns: 4, page: 10 };
const at = (row: number, column: number) => ({ row, column });

it.each([
  ['ArrowDown', false, at(99, 1), at(99, 1)],
  ['ArrowUp', false, at(0, 1), at(-1, 1)],
  ['ArrowLeft', false, at(0, 0), at(0, -1)],
  ['ArrowRight', false, at(0, 3), at(0, 3)],
  ['PageDown', false, at(5, 0), at(15, 0)],
  ['PageUp', false, at(5, 0), at(-1, 0)],
  ['Home', false, at(5, 3), at(5, -1)],
  ['End', false, at(5, 0), at(5, 3)],
  ['Home', true, at(5, 3), at(-1, -1)],
  ['End', true, at(5, 0), at(99, 3)],
  ['a', false, at(5, 0), null],
])('%s (Ctrl: %j) leads from %j to %j', (key, ctrl, from, to) => {
  expect(walked(key, ctrl, from, extent)).toEqual(to);
});

it('draws what is on screen and some beside, and the row where she is', () => {
  const rows = drawn(5000, 30_000, 600, 30, 2);
  expect(rows[0]).toBe(2);
  expect(rows.slice(1)).toEqual(Array.from({ length: 36 }, (_, index) => 992 + index));
  expect(drawn(5000, 0, 600, 30, 4999).at(-1)).toBe(4999);
  expect(drawn(3, 0, 600, 30, -1)).toEqual([0, 1, 2]);
  expect(drawn(0, 0, 600, 30, -1)).toEqual([]);
});

it('makes a column as wide as what stands in it, within bounds', () => {
  expect(widths(['a', 'label', 'x'], [['', '今天吃得怎么样', 'y'.repeat(90)]])).toEqual([7, 14, 30]);
});
