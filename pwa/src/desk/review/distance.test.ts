import { expect, test } from 'vitest';
import { directionOf, drawDistance, inMetres, RULER } from './distance';

test('fourteen metres from home stand close to home on a ruler of 150', () => {
  const drawing = drawDistance(14, 18);
  expect(drawing.scale_m).toBe(150);
  expect(drawing.at).toBeCloseTo(54.9, 1);
  expect(drawing.band).toEqual({ x: 20, width: 77.4 });
  expect(drawing.words.anchor).toBe('start');
  expect(drawing.ticks.map((tick) => tick.metres)).toEqual([0, 50, 100, 150]);
});

test('the scale grows until the check-in and its uncertainty fit', () => {
  expect(drawDistance(140, 20).scale_m).toBe(300);
  expect(drawDistance(1200, 40).scale_m).toBe(1500);
  expect(drawDistance(29_000, 500).scale_m).toBe(30_000);
});

test('far to the right the words stand at the left, inside the drawing', () => {
  const { words, band } = drawDistance(1400, 50);
  expect(words.anchor).toBe('end');
  expect(words.x).toBeLessThan(band.x);
});

test('what is beyond every ruler sits at its end and says so', () => {
  const drawing = drawDistance(412_000, 30);
  expect(drawing.beyond).toBe(true);
  expect(drawing.at).toBe(RULER.right);
  expect(drawing.band.x + drawing.band.width).toBeLessThanOrEqual(RULER.right + 8);
});

test('a band never reaches behind home', () => {
  expect(drawDistance(5, 2000).band.x).toBe(RULER.left - 8);
});

test.each([
  [0, 'n'],
  [44, 'ne'],
  [90, 'e'],
  [181, 's'],
  [337, 'nw'],
  [338, 'n'],
  [360, 'n'],
  [-90, 'w'],
])('a bearing of %d points %s', (bearing, direction) => {
  expect(directionOf(bearing)).toBe(direction);
});

test('metres turn into kilometres where people say kilometres', () => {
  expect(inMetres(14.4)).toEqual({ unit: 'm', n: '14' });
  expect(inMetres(1234)).toEqual({ unit: 'km', n: '1.2' });
  expect(inMetres(2000)).toEqual({ unit: 'km', n: '2' });
  expect(inMetres(12_340)).toEqual({ unit: 'km', n: '12' });
});
