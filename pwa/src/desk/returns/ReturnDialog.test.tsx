import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { type Evidence, EvidenceProvider } from '../photos/evidence';
import { createFiles } from '../photos/files';
import { detail, json, sitDown } from '../testing/seat';
import { editReturn, type ReturnBody } from './draft';
import { ReturnDialog, type ReturnDialogProps } from './ReturnDialog';

let dispose: (() => void) | undefined;
let visit = 0;

beforeEach(async () => {
  visit += 1;
  URL.createObjectURL = () => 'blob:1';
  URL.revokeObjectURL = () => undefined;
  vi.useFakeTimers({ now: new Date('2026-11-24T02:00:00Z'), toFake: ['Date'] });
  await sitDown(() => json({}));
});
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
  vi.useRealTimers();
});

function open(more: Partial<ReturnDialogProps> = {}) {
  const props: ReturnDialogProps = {
    detail: detail(),
    editor: editReturn('tong', `v${visit}`),
    onSend: vi.fn(() => Promise.resolve()),
    onNewer: vi.fn(),
    onClose: vi.fn(),
    ...more,
  };
  dispose = render(() => {
    const evidence: Evidence = {
      base: '/api/visits/v1',
      files: createFiles(() => Promise.resolve(new Blob(['x']))),
      show: () => undefined,
      fetch: () => undefined,
    };
    return (
      <EvidenceProvider value={evidence}>
        <ReturnDialog {...props} />
      </EvidenceProvider>
    );
  }, document.body);
  return props;
}
const fields = () => [...document.querySelectorAll<HTMLElement>('.askfield')];
const tick = (n: number) => fields()[n]!.querySelector<HTMLInputElement>('input[type=checkbox]')!.click();
const words = (n: number) => fields()[n]!.querySelector<HTMLInputElement>('input[type=text]')!;
const write = (n: number, text: string) => {
  words(n).value = text;
  words(n).dispatchEvent(new InputEvent('input', { bubbles: true }));
};
const ctrlEnter = () =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));

test('what is ticked takes words, and goes off with Ctrl and Enter, three working days ahead', async () => {
  const { onSend } = open();
  expect(document.querySelector('.byday')!.textContent).toContain('11月27日（星期五）');
  tick(0);
  write(0, '后来吃上了吗？');
  ctrlEnter();
  await vi.waitFor(() => expect(onSend).toHaveBeenCalledOnce());
  const sent: ReturnBody = {
    kind: 'return',
    words: null,
    by_day: '2026-11-27',
    comments: [{ record: 'rec1', path: '/data/medicine', text: '后来吃上了吗？' }],
  };
  expect(onSend).toHaveBeenCalledWith(sent);
});

test('it opens with the focus on the first answer', async () => {
  open();
  await vi.waitFor(() => expect(document.activeElement).toBe(fields()[0]!.querySelector('input')));
});

test('a tick without words does not go off: the box says what is missing and gets the focus', async () => {
  const { onSend } = open();
  tick(1);
  ctrlEnter();
  await vi.waitFor(() => expect(document.activeElement).toBe(words(1)));
  expect(onSend).not.toHaveBeenCalled();
  expect(fields()[1]!.textContent).toContain('写一句要补什么');
});

test('a photo has quick words, other answers do not', () => {
  open();
  tick(0);
  tick(1);
  expect(fields()[0]!.querySelector('.quick')).toBeNull();
  const [dark, blurred] = [...fields()[1]!.querySelectorAll<HTMLButtonElement>('.quick button')];
  dark!.click();
  blurred!.click();
  expect(words(1).value).toBe('太暗，看不清');
});

test('a newer version stands in the way in words, leads there, and what was written stays', async () => {
  const moved = new ApiProblem('revision_moved', 409, '刚来了新的一版', '请看过再定。');
  const { onNewer } = open({ onSend: () => Promise.reject(moved) });
  tick(0);
  write(0, '后来吃上了吗？');
  ctrlEnter();
  await vi.waitFor(() => expect(document.body.textContent).toContain('刚来了新的一版'));
  [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('看新的一版'))!.click();
  expect(onNewer).toHaveBeenCalledOnce();
  dispose?.();
  document.body.replaceChildren();
  open();
  expect(words(0).value).toBe('后来吃上了吗？');
});
