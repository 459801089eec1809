/**
 * What the browsers of the baseline (Chrome 97, Safari 16.4, Firefox 115) cannot read in a style sheet: they drop the
 * whole rule, in silence. What only makes something nicer where it is known (text-wrap) may stand there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, css: readFileSync(resolve(src, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '') }));

const NEWER = [
  [':has()', /:has\(/],
  ['container queries', /@container|container-type/],
  ['cascade layers and scopes', /@layer|@scope/],
  ['color-mix() and newer colour spaces', /color-mix\(|oklch\(|oklab\(|light-dark\(/],
  ['subgrid', /\bsubgrid\b/],
  ['nesting', /\{[^{}]*\n\s*&/],
  ['nth-child(… of …)', /:nth-(last-)?child\([^)]*\sof\s/],
  [':popover-open, @starting-style', /:popover-open|@starting-style/],
] as const;

test.each(NEWER)('no style sheet counts on %s', (_, written) => {
  expect(sheets.length).toBeGreaterThan(20);
  expect(sheets.filter(({ css }) => written.test(css)).map(({ name }) => name)).toEqual([]);
});

test('a height that follows the bars of the browser (dvh) has one before it that every browser knows', () => {
  const alone = sheets.flatMap(({ name, css }) => {
    const lines = css.split('\n').map((line) => line.trim());
    return lines
      .map((line, at) => [line, lines[at - 1] ?? ''] as const)
      .filter(([line, before]) => line.includes('dvh') && before !== line.replaceAll('dvh', 'vh'))
      .map(([line]) => `${name}: ${line}`);
  });
  expect(alone).toEqual([]);
});
