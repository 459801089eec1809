import { describe, expect, it } from 'vitest';
import type { Differing } from '../../api/types';
import { choicesOf, standing, undecided } from './choosing';

const field = (name: string, conflict: boolean): Differing => ({
  field: name,
  kind: 'answer',
  record: 'r',
  label: { zh: name, en: name },
  group: null,
  conflict,
  values: [
    { revision: 'shown', answer: null },
    { revision: 'other', answer: null },
  ],
});
const fields = [field('temp', true), field('note', false)];

describe('while one settles', () => {
  it('a dispute waits for a choice; what was merged stands as it is', () => {
    expect(standing(fields[0]!, {})).toBeNull();
    expect(standing(fields[1]!, {})).toBe('shown');
    expect(undecided(fields, {})).toEqual([fields[0]]);
    expect(undecided(fields, { temp: 'other' })).toEqual([]);
  });

  it('the county is told every dispute, and of the rest only what was changed', () => {
    expect(choicesOf(fields, {})).toEqual([]);
    expect(choicesOf(fields, { temp: 'shown', note: 'shown' })).toEqual([{ field: 'temp', revision: 'shown' }]);
    expect(choicesOf(fields, { note: 'other' })).toEqual([{ field: 'note', revision: 'other' }]);
  });
});
