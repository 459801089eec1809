import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { TextField } from '../../ui';
import { json, sitDown } from '../testing/seat';
import { AskDialog, type AskDialogProps } from './AskDialog';

let dispose: (() => void) | undefined;

beforeEach(() => sitDown(() => json({})));
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
});

function ask(more: Partial<AskDialogProps> = {}) {
  const props = { onSend: vi.fn(() => Promise.resolve()), onClose: vi.fn(), ...more };
  const [missing, setMissing] = createSignal(false);
  const ready = () => {
    setMissing(box().value === '');
    return !missing();
  };
  dispose = render(
    () => (
      <AskDialog title="问一句" note="说明" icon="check" words="做" ready={ready} {...props}>
        <TextField label="为什么" value="" onInput={() => undefined} error={missing() ? '写一句' : undefined} />
      </AskDialog>
    ),
    document.body,
  );
  return props;
}
const box = () => document.querySelector<HTMLInputElement>('.asking input')!;
const button = (words: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent?.includes(words))!;
const ctrlEnter = () =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));

test('the focus is in the first box, not on the cross', async () => {
  ask();
  await vi.waitFor(() => expect(document.activeElement).toBe(box()));
});

test('what is missing is said, gets the focus, and nothing goes', async () => {
  const { onSend } = ask();
  button('做').focus();
  ctrlEnter();
  await vi.waitFor(() => expect(document.activeElement).toBe(box()));
  expect(box().getAttribute('aria-invalid')).toBe('true');
  expect(onSend).not.toHaveBeenCalled();
});

test('it goes once, however often it is asked for while it is on its way', async () => {
  let arrive = () => undefined as void;
  const { onSend } = ask({ onSend: vi.fn(() => new Promise<void>((resolve) => (arrive = resolve))) });
  box().value = '有话';
  ctrlEnter();
  ctrlEnter();
  button('做').click();
  expect(button('做').getAttribute('aria-busy')).toBe('true');
  arrive();
  await vi.waitFor(() => expect(button('做').getAttribute('aria-busy')).toBeNull());
  expect(onSend).toHaveBeenCalledOnce();
});

test('what stands in the way stays in words until it is closed, or until there is a way out of it', async () => {
  const moved = new ApiProblem('revision_moved', 409, '刚来了新的一版', '请看过再定。');
  const ways = vi.fn(({ code }: ApiProblem) =>
    code === 'revision_moved' ? <button type="button">看</button> : undefined,
  );
  let problem = new ApiProblem('broken', 500, '没成', '再试。');
  ask({ onSend: () => Promise.reject(problem), wayOut: ways });
  box().value = '有话';
  ctrlEnter();
  await vi.waitFor(() => expect(document.querySelector('.trouble')?.textContent).toContain('没成'));
  document.querySelector<HTMLButtonElement>('.trouble .cross')!.click();
  expect(document.querySelector('.trouble')).toBeNull();
  problem = moved;
  ctrlEnter();
  await vi.waitFor(() => expect(document.querySelector('.trouble')?.textContent).toContain('看'));
  expect(document.querySelector('.trouble .cross')).toBeNull();
});

test('Escape leaves it', () => {
  const { onClose } = ask();
  document.querySelector('dialog')!.dispatchEvent(new Event('cancel', { cancelable: true }));
  expect(onClose).toHaveBeenCalledOnce();
});
