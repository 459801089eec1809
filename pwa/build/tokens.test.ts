/**
 * The floors of the design: every pair of text and ground that it uses stands at 7:1 or more, control borders at 3:1,
 * and what asks for something stays apart by hue for eyes without red, green or blue cones.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../src/ui/tokens.css'), 'utf8');

type Tokens = Record<string, string>;
type Rgb = [number, number, number];

function block(selector: string): Tokens {
  const text = css.split(`${selector} {`)[1]?.split('\n}')[0] ?? '';
  const found = [...text.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)];
  return Object.fromEntries(found.map((match): [string, string] => [match[1] ?? '', match[2] ?? '']));
}

const light = block(':root');
const dark = { ...light, ...block(':root[data-theme="dark"]') };
const themes: [string, Tokens][] = [
  ['light', light],
  ['dark', dark],
];

const channel = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as Rgb;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, each, at) => sum + each * (b[at] ?? 0), 0);
const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const states = ['draft', 'waiting', 'received', 'returned', 'passed', 'overdue'];
const pairs: [front: string, ground: string, floor: number][] = [
  ...['ink', 'ink-2'].flatMap((ink) => ['paper', 'card', 'sunk'].map((on): [string, string, number] => [ink, on, 7])),
  ['accent', 'card', 7],
  ['accent', 'paper', 7],
  ['on-accent', 'accent', 7],
  ['accent', 'accent-wash', 7],
  ['ink', 'accent-wash', 7],
  ...states.map((state): [string, string, number] => [state, `${state}-wash`, 7]),
  ['overdue', 'card', 7],
  ['returned', 'card', 7],
  ['on-urgent', 'urgent', 7],
  ['on-returned', 'returned-solid', 7],
  ['on-offline', 'offline', 7],
  ['edge', 'card', 3],
  ['edge', 'paper', 3],
  ['focus', 'paper', 3],
];

const cones = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function lab(rgb: readonly number[]): Rgb {
  const f = (v: number) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116);
  const x = f(Math.max(dot([0.4124, 0.3576, 0.1805], rgb), 0) / 0.95047);
  const y = f(Math.max(dot([0.2126, 0.7152, 0.0722], rgb), 0));
  const z = f(Math.max(dot([0.0193, 0.1192, 0.9505], rgb), 0) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
function apart(a: string, b: string, kind: keyof typeof cones): number {
  const seen = (hex: string) => lab(cones[kind].map((row) => dot(row, linear(hex))));
  const [p, q] = [seen(a), seen(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

test('the two dark blocks are one', () => {
  expect(block(':root:not([data-theme])')).toEqual(block(':root[data-theme="dark"]'));
});

test.each(themes)('every text can be read in %s', (_name, tokens) => {
  for (const [front, ground, floor] of pairs) {
    expect(contrast(tokens[front]!, tokens[ground]!), `${front} on ${ground}`).toBeGreaterThanOrEqual(floor);
  }
});

test.each(themes)('received, returned and overdue stay apart without one kind of cone in %s', (_name, tokens) => {
  for (const kind of ['protan', 'deutan', 'tritan'] as const) {
    for (const [a, b] of [
      ['received', 'returned-solid'],
      ['received', 'overdue'],
      ['returned-solid', 'overdue'],
    ] as const) {
      expect(apart(tokens[a]!, tokens[b]!, kind), `${a}/${b} ${kind}`).toBeGreaterThanOrEqual(10);
    }
  }
});

test('letters are sized in rem, so that the browser’s own setting still counts', () => {
  expect(css).not.toMatch(/--t-[a-z]+: \d+px/);
});
