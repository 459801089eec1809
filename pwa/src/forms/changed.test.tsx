import { render } from 'solid-js/web';
import { expect, it, onTestFinished } from 'vitest';
import { Changed } from './Changed';
import type { Filling } from './filling';
import './fixtures/cast';
import { xformOf } from './fixtures/generated';
import { openForm } from './open';

const item = {
  back: 0,
  when: 'always',
  required: 'no',
  begins: 'blank',
  locked: false,
  checked: false,
  formula: 'join',
  filtered: false,
  items: [],
} as const;
const form = xformOf([
  { ...item, kind: 'text' },
  { ...item, kind: 'text', begins: 'fixed' },
]);

function opened(edit?: { xml: string }): Promise<Filling> {
  const lists = (name: string) => Promise.reject(new Error(name));
  return openForm({ xform: form, user: { name: '单秀云', device: 'lx:1' }, lists, edit });
}

/** The second question was not asked when it was sent: opening the record gives it what stands in it at first. */
async function correcting(): Promise<Filling> {
  const first = await opened();
  first.set('/data/q1', '腿疼');
  const finished = await first.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  return opened({ xml: finished.xml.replace('<q2>先有的</q2>', '') });
}

function show(filling: Filling): { lines: () => string[]; buttons: () => HTMLButtonElement[] } {
  const box = document.body.appendChild(document.createElement('div'));
  const dispose = render(() => <Changed filling={filling} />, box);
  onTestFinished(() => {
    dispose();
    box.remove();
  });
  return {
    lines: () => [...box.querySelectorAll('dl > div')].map((line) => line.querySelector('dt')!.textContent),
    buttons: () => [...box.querySelectorAll('button')],
  };
}

it('what opening a sent record changed is shown, and can be refused', async () => {
  const filling = await correcting();
  const page = show(filling);
  expect(filling.changes()).toEqual([{ path: '/data/q2', label: 'q2', before: '', after: '先有的' }]);
  expect(page.lines()).toEqual(['q2']);
  page.buttons()[0]!.click();
  expect(filling.get('/data/q2')).toBe('');
  expect(page.lines()).toEqual([]);
});

it('what she changed herself can be put back too', async () => {
  const filling = await correcting();
  filling.set('/data/q2', '');
  filling.set('/data/q1', '不疼了');
  const page = show(filling);
  page.buttons()[0]!.click();
  expect(filling.get('/data/q1')).toBe('腿疼');
  expect(filling.changes()).toEqual([]);
});
