import { describe, expect, it } from 'vitest';
import { clean, understood } from './write';

describe('what is typed', () => {
  it('loses control characters and half characters, keeps line ends and everything a person writes', () => {
    expect(clean('腿\u0000疼\u0007\u001f\u000b，\ud83d')).toBe('腿疼，');
    expect(clean('一\r\n二\r三\t四')).toBe('一\n二\n三\t四');
    expect(clean('古丽米热·买买提江 𠮷 👵\u{1F3FD} é')).toBe('古丽米热·买买提江 𠮷 👵\u{1F3FD} é');
    expect(clean('\ufffe\uffff')).toBe('');
  });

  it.each([
    ['12', '12', null],
    ['', '', null],
    [' 7 ', '7', null],
    ['-3', '-3', null],
    ['+3', '3', null],
    ['１２', '12', null],
    ['－３', '-3', null],
    ['−3', '-3', null],
    ['12abc', '', 'integer'],
    ['12.5', '', 'integer'],
    ['1e3', '', 'integer'],
    ['0x10', '', 'integer'],
    ['十二', '', 'integer'],
    ['2147483647', '2147483647', null],
    ['2147483648', '', 'tooBig'],
    ['13800138000', '', 'tooBig'],
  ])('%j is the integer %j, complaint %j', (text, value, complaint) => {
    expect(understood('integer', text)).toEqual({ value, complaint });
  });

  it.each([
    ['36.5', '36.5', null],
    ['36。5', '36.5', null],
    ['３６．５', '36.5', null],
    ['5.', '5.', null],
    ['.5', '.5', null],
    ['.', '', 'decimal'],
    ['1,5', '', 'decimal'],
    ['Infinity', '', 'decimal'],
    ['1e400', '', 'decimal'],
    ['9999999999999999', '', 'tooBig'],
  ])('%j is the decimal %j, complaint %j', (text, value, complaint) => {
    expect(understood('decimal', text)).toEqual({ value, complaint });
  });

  it.each([
    ['2026-11-25', '2026-11-25', null],
    ['', '', null],
    ['2026-13-01', '', 'date'],
    ['明天', '', 'date'],
  ])('%j is the day %j, complaint %j', (text, value, complaint) => {
    expect(understood('date', text)).toEqual({ value, complaint });
  });

  it('leaves texts and choices alone', () => {
    expect(understood('text', ' １２ ')).toEqual({ value: ' １２ ', complaint: null });
    expect(understood('many', 'meal wash')).toEqual({ value: 'meal wash', complaint: null });
  });
});
