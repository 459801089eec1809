import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import { answer, detail, json, sitDown } from '../testing/seat';
import { Answers } from './Answers';
import { lineOf } from './lines';

let dispose: (() => void) | undefined;
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
});

const WAY = {
  points: [
    { lat: '45.27', lon: '130.25', alt: '0.0', acc: '4.0' },
    { lat: '45.271', lon: '130.25', alt: '0.0', acc: '6.0' },
  ],
  closed: false,
};

test('a way is told in words and drawn on squared paper', async () => {
  await sitDown(() => json({}));
  const way = answer('/data/way', '走了哪条路', '2 个点，长约 111 米', { raw: WAY });
  const [record] = detail().records;
  dispose = render(() => <Answers records={[{ ...record!, answers: [way] }]} />, document.body);
  expect(document.body.textContent).toContain('2 个点，长约 111 米');
  await vi.waitFor(() => expect(document.querySelectorAll('.sketch .spot')).toHaveLength(2), 20_000);
  expect(document.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe('2 个点，长约 111 米');
});

test('any other answer is no way', () => {
  for (const raw of [null, '', 3, ['a'], { lat: '45.27', lon: '130.25' }]) expect(lineOf(raw)).toBeNull();
  expect(lineOf(WAY)).toBe(WAY);
});
