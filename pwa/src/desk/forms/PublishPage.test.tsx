import { MemoryRouter, Route } from '@solidjs/router';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Finding, LookedOver, Published } from '../../api/types';
import { setTheme } from '../../ui';
import { both, json, sitDown } from '../testing/seat';
import PublishPage from './PublishPage';

const wrong = (more: Partial<Finding> = {}): Finding => ({
  code: 'type_unknown',
  severity: 'error',
  sheet: 'survey',
  row: 3,
  column: 'type',
  zh: '不认识题型“txt”。',
  en: 'unknown',
  ...more,
});
const looked = (more: Partial<LookedOver> = {}): LookedOver => ({
  form: 'day-care-visit',
  version: '2026113001',
  title: both('上门照料'),
  one_page: false,
  publishable: false,
  findings: [],
  sheets: [
    {
      name: 'survey',
      header: ['type', 'name'],
      rows: [
        ['text', 'note'],
        ['txt', 'door'],
      ],
    },
    { name: 'settings', header: ['form_id'], rows: [['day-care-visit']] },
  ],
  changed: [],
  xform: null,
  lists: {},
  sizes: null,
  diff: null,
  ...more,
});
const done: Published = {
  form: 'day-care-visit',
  version: '2026113001',
  sha256: 'a',
  bytes: 1000,
  new: true,
  changed: [],
  findings: [],
};

let answers: Response[] = [];
let sent: string[] = [];
let box: HTMLElement;
let dispose: () => void;

beforeEach(async () => {
  setTheme('light'); // jsdom cannot be asked what the system prefers
  answers = [];
  sent = [];
  await sitDown((path) => {
    if (path === '/api/desk/forms') return json({ items: [] });
    sent.push(path);
    return answers.shift() ?? json({ code: 'broken', title: '', detail: '' }, 500);
  });
  box = document.body.appendChild(document.createElement('div'));
  dispose = render(
    () => (
      <MemoryRouter>
        <Route path="*" component={PublishPage} />
      </MemoryRouter>
    ),
    box,
  );
});
afterEach(() => {
  dispose();
  box.remove();
});

const text = () => box.textContent;
const button = (words: string, within: ParentNode = box) =>
  [...within.querySelectorAll('button')].find((each) => each.textContent.includes(words))!;
async function handIn(answer: Response): Promise<void> {
  answers.push(answer);
  const input = [...box.querySelectorAll<HTMLInputElement>('input[type=file]')].at(-1)!;
  const before = sent.length;
  Object.defineProperty(input, 'files', { configurable: true, value: [new File(['|'], 'form.md')] });
  Object.defineProperty(input, 'value', { configurable: true, writable: true, value: '' });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(before));
  await vi.waitFor(() => expect(box.querySelector('.busyline')).toBeNull());
}
const here = () => box.querySelector('[role=grid] [aria-selected=true]')?.textContent;

it('shows what is wrong in its cell, leads there, and says what is left before it can be published', async () => {
  await handIn(
    json(
      looked({
        findings: [
          wrong({ severity: 'warning', sheet: 'settings', row: 2, column: 'form_id', zh: '留意一下' }),
          wrong(),
        ],
      }),
    ),
  );
  expect([...box.querySelectorAll('button.found')].map((each) => each.textContent)).toEqual([
    '要改 survey 第 3 行 type不认识题型“txt”。',
    '留意 settings 第 2 行 form_id留意一下',
  ]);
  expect(here()).toContain('txt');
  button('留意一下').click();
  expect(here()).toContain('day-care-visit');
  button('发布').click();
  expect(here()).toContain('txt');
  expect(text()).toContain('还有 1 处要改，改好了才能发布。');
  expect(document.querySelector('dialog')).toBeNull();
});

it('keeps her place when the mended file comes, and says what is gone', async () => {
  await handIn(json(looked({ findings: [wrong()] })));
  await handIn(json(looked({ publishable: true })));
  expect(text()).toContain('这次已经改好 1 处');
  expect(text()).toContain('没有要改的');
  expect(box.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('表格');
  expect(here()).toBe('txt');
});

it('keeps everything on the page when nobody answers, and asks again with the same file', async () => {
  await handIn(json(looked({ findings: [wrong()] })));
  await handIn(new Response('', { status: 503 }));
  expect(text()).toContain('连不上县里的服务器。');
  expect(text()).toContain('要改 1 处');
  answers.push(json(looked({ publishable: true })));
  button('再试').click();
  await vi.waitFor(() => expect(text()).toContain('这次已经改好 1 处'));
});

it('publishes after a question, and what stands in the way then stands beside the sheet too', async () => {
  await handIn(json(looked({ publishable: true })));
  button('发布').click();
  const dialog = () => document.querySelector('dialog')!;
  expect(dialog().textContent).toContain('仍按开始时的版本填完');
  const taken = wrong({ code: 'version_taken', sheet: 'settings', row: 2, column: 'form_id', zh: '这一版已经有了。' });
  answers.push(
    json({ code: 'form_refused', title: '这张表还不能发布。', detail: '请先改好。', findings: [taken] }, 422),
  );
  button('发布', dialog()).click();
  await vi.waitFor(() => expect(dialog().textContent).toContain('这张表还不能发布。'));
  expect(box.querySelector('button.found')?.textContent).toContain('这一版已经有了。');
  answers.push(json(done, 201));
  button('发布', dialog()).click();
  await vi.waitFor(() => expect(text()).toContain('发布好了'));
  expect(text()).toContain('“上门照料”2026113001 版');
});
