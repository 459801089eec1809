import { describe, expect, it } from 'vitest';
import type { Finding, FormSheet } from '../../api/types';
import { inOrder, marksOf, placeOf, since, spotOf } from './findings';

const survey: FormSheet = {
  name: 'survey',
  header: ['type', 'name', 'label::中文 (zh)'],
  rows: [
    ['text', 'note', '还有要说的'],
    ['', '', ''],
    ['txt', 'door', '门口'],
  ],
};
const choices: FormSheet = { name: 'choices', header: ['list_name', 'name'], rows: [['yes_no', 'yes']] };
const sheets = [survey, choices];
const found = (more: Partial<Finding>): Finding => ({
  code: 'type_unknown',
  severity: 'error',
  sheet: 'survey',
  row: 4,
  column: 'type',
  zh: '不认识',
  en: 'unknown',
  ...more,
});

describe('findings', () => {
  it('are told errors first, then as they stand in the workbook', () => {
    const slow = found({ code: 'slow', severity: 'warning', row: 2 });
    const list = found({ sheet: 'choices', row: 2 });
    const late = found({ row: 4 });
    const early = found({ row: 3 });
    const file = found({ sheet: 'people.csv', row: 1, column: null });
    expect(inOrder([slow, file, list, late, early], sheets)).toEqual([early, late, list, file, slow]);
  });

  it.each([
    [{}, { sheet: 'survey', row: 2, column: 0 }],
    [{ column: 'Label::中文 (zh) ' }, { sheet: 'survey', row: 2, column: 2 }],
    [{ column: 'relevant' }, { sheet: 'survey', row: 2, column: -1 }],
    [{ row: 1 }, { sheet: 'survey', row: -1, column: 0 }],
    [
      { row: null, column: null },
      { sheet: 'survey', row: -1, column: -1 },
    ],
    [{ row: 99 }, { sheet: 'survey', row: 2, column: 0 }],
    [{ sheet: 'people.csv' }, null],
  ])('of %j stand at %j', (more, spot) => {
    expect(spotOf(found(more), sheets)).toEqual(spot);
  });

  it('mark the cells of their own sheet, several in one', () => {
    const marks = marksOf([found({}), found({ code: 'other' }), found({ sheet: 'choices', row: 2 })], survey);
    expect([...marks].map(([key, at]) => [key, at.length])).toEqual([['2:0', 2]]);
  });

  it('name their place', () => {
    expect(placeOf(found({}))).toBe('survey 第 4 行 type');
    expect(placeOf(found({ sheet: 'people.csv', row: null, column: null }))).toBe('people.csv');
  });

  it('are known again when a row was put in above them, and gone when they are mended', () => {
    const mended = found({ row: 2, column: 'name', code: 'name_taken' });
    const before = { findings: [found({}), mended], sheets };
    const moved = { ...survey, rows: [['text', 'first', '新的'], ...survey.rows] };
    const still = found({ row: 5 });
    const another = found({ row: 2, code: 'label_missing' });
    const { gone, fresh } = since(before, { findings: [still, another], sheets: [moved, choices] });
    expect(gone).toEqual([mended]);
    expect([...fresh]).toEqual([another]);
  });
});
