import { describe, expect, it, test } from 'vitest';
import { columnsOf } from './columns';

const SHORT = ['腿疼', '睡不好', '没有胃口了'];
const LONG = [...SHORT, '有五个字以上'];
const around = (appearance = '', more: Partial<Parameters<typeof columnsOf>[1]> = {}) => ({
  appearances: new Set(appearance.split(' ').filter(Boolean)),
  text: '18' as const,
  alone: true,
  narrow: false,
  ...more,
});
const COLUMNS = [
  'columns',
  'columns-2',
  'columns-3',
  'columns-4',
  'columns-5',
  'columns-pack',
  'horizontal',
  'horizontal-compact',
];

describe.each(COLUMNS)('%s', (appearance) => {
  it('is as many columns as fit at 360 px: two where every label has at most five Chinese letters, else one', () => {
    expect(columnsOf(SHORT, around(appearance))).toBe(2);
    expect(columnsOf(LONG, around(appearance))).toBe(1);
    expect(columnsOf(['Yes', 'No'], around(appearance))).toBe(2);
    expect(columnsOf(['Yes', 'Not today'], around(appearance))).toBe(1);
  });

  it('is fewer letters as they grow, and one column at the largest', () => {
    expect(columnsOf(SHORT, around(appearance, { text: '22' }))).toBe(1);
    expect(columnsOf(['腿疼', '睡不好'], around(appearance, { text: '22' }))).toBe(2);
    expect(columnsOf(['好'], around(appearance, { text: '30' }))).toBe(1);
  });

  it('has a letter less in a card', () => {
    expect(columnsOf(SHORT, around(appearance, { narrow: true }))).toBe(1);
  });
});

test('columns-1 is one, however short the labels are and whatever stands around', () => {
  expect(columnsOf(['好'], around('columns-1'))).toBe(1);
  expect(columnsOf(['好'], around('columns-1', { alone: false }))).toBe(1);
});

test('a question that asks for none stands in one, and among others in two where they fit', () => {
  expect(columnsOf(SHORT, around())).toBe(1);
  expect(columnsOf(SHORT, around('', { alone: false }))).toBe(2);
  expect(columnsOf(LONG, around('', { alone: false }))).toBe(1);
});
