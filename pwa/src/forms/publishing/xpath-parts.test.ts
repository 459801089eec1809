import { describe, expect, it } from 'vitest';
import { partsOf } from './xpath-parts';

describe('the parts of an expression', () => {
  it.each([
    ["'a' = 1.5", [], []],
    [" /data/care/ate  = 'little'", [], ['/data/care/ate']],
    ['../ate + 1', [], ['../ate']],
    ['. >= -10 and . <= 40', [], []],
    [
      "if(/data/a = 1, far(/data/b), 'x (y)')",
      ["if(/data/a = 1, far(/data/b), 'x (y)')", 'far(/data/b)'],
      ['/data/a', '/data/b'],
    ],
    ['(/data/a or /data/b) and not(/data/c)', ['not(/data/c)'], ['/data/a', '/data/b', '/data/c']],
    ['a * b div c', [], ['a', 'b', 'c']],
    ['/data/r/@id', [], ['/data/r/@id']],
    ['current()/../name', ['current()'], ['current()/../name']],
    ['count(/data/r/node())', ['count(/data/r/node())'], ['/data/r/node()']],
  ])('%s', (expression, calls, paths) => {
    const found = partsOf(expression);
    expect([...found.calls].sort()).toEqual([...calls].sort());
    expect([...found.paths].sort()).toEqual([...paths].sort());
  });

  it('a path in a predicate starts at the rows that are chosen from, and the path around it has no predicate', () => {
    const { paths } = partsOf("instance('places')/root/item[kind = 'yard' and parent = /data/where]/label");
    expect([...paths].sort()).toEqual([
      '/data/where',
      "instance('places')/root/item/kind",
      "instance('places')/root/item/label",
      "instance('places')/root/item/parent",
    ]);
  });

  it('what is cut off half-way is read as far as it goes', () => {
    expect(partsOf("if(/data/a = 'x, /data/b").paths).toContain('/data/a');
    expect(partsOf('a) + b').paths).toEqual(['a', 'b']);
    expect(partsOf('').paths).toEqual([]);
  });
});
