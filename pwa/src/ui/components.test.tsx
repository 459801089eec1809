import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import {
  Bar,
  Button,
  Chip,
  Choices,
  Dialog,
  Segments,
  setTextStep,
  setTheme,
  TextField,
  toast,
  Toasts,
  undoToast,
} from '.';

let dispose: (() => void) | undefined;
function show(what: Parameters<typeof render>[0]): HTMLElement {
  const host = document.createElement('div');
  document.body.append(host);
  dispose = render(what, host);
  return host;
}
afterEach(() => {
  dispose?.();
  dispose = undefined;
  document.body.replaceChildren();
  vi.useRealTimers();
});

test('a busy button swallows further taps', () => {
  const tapped = vi.fn();
  const [busy, setBusy] = createSignal(false);
  const button = show(() => (
    <Button busy={busy()} onClick={tapped}>
      记好了
    </Button>
  )).querySelector('button')!;
  button.click();
  setBusy(true);
  button.click();
  expect(tapped).toHaveBeenCalledTimes(1);
  expect(button.getAttribute('aria-busy')).toBe('true');
});

test('a state is an icon and a word', () => {
  const chip = show(() => <Chip state="waiting" />).querySelector('.chip')!;
  expect(chip.textContent).toBe('等信号');
  expect(chip.querySelector('use')?.getAttribute('href')).toBe('#hourglass');
});

test('no choice is made beforehand, one choice replaces another, many keep the order of the form', () => {
  const [chosen, setChosen] = createSignal<string[]>([]);
  const [many, setMany] = createSignal(false);
  const host = show(() => (
    <Choices
      label="今天吃饭"
      many={many()}
      options={['a', 'b', 'c'].map((value) => ({ value, label: value }))}
      chosen={chosen()}
      onChoose={setChosen}
    />
  ));
  const boxes = () => [...host.querySelectorAll('input')];
  expect(boxes().some((box) => box.checked)).toBe(false);
  boxes()[2]!.click();
  boxes()[1]!.click();
  expect(chosen()).toEqual(['b']);
  setMany(true);
  boxes()[2]!.click();
  boxes()[0]!.click();
  expect(chosen()).toEqual(['a', 'b', 'c']);
});

test('a field’s sentence is tied to its box for readers', () => {
  const host = show(() => (
    <TextField label="收缩压" value="14" error="请填 60 到 260 之间的数" onInput={() => undefined} />
  ));
  const input = host.querySelector('input')!;
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(input.getAttribute('aria-describedby')!)?.textContent).toContain('60 到 260');
  expect(host.querySelector('label')?.htmlFor).toBe(input.id);
});

test('a dialog closes with Escape by its owner’s hand', () => {
  const [open, setOpen] = createSignal(true);
  const host = show(() => (
    <Show when={open()}>
      <Dialog title="快捷键" onClose={() => setOpen(false)} />
    </Show>
  ));
  const dialog = host.querySelector('dialog')!;
  expect(dialog.open).toBe(true);
  dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
  expect(host.querySelector('dialog')).toBeNull();
});

test('a toast stays eight seconds and its undo works once', () => {
  vi.useFakeTimers();
  const undo = vi.fn();
  const host = show(() => <Toasts />);
  toast('通过了', { undo });
  expect(host.textContent).toContain('通过了');
  expect(undoToast()).toBe(true);
  expect(undoToast()).toBe(false);
  expect(undo).toHaveBeenCalledTimes(1);
  toast('又一条');
  vi.advanceTimersByTime(8001);
  expect(host.textContent).toBe('');
});

test('a toast is taken away by who showed it, but not the one that took its place', () => {
  const host = show(() => <Toasts />);
  const first = toast('照片删了', { undo: () => undefined });
  first();
  expect([host.textContent, undoToast()]).toEqual(['', false]);
  const second = toast('又一条');
  toast('再一条');
  second();
  expect(host.textContent).toBe('再一条');
});

test('segments are radio buttons of one group, none chosen beforehand, with their sentence', () => {
  const [chosen, setChosen] = createSignal<'changed' | 'right' | null>(null);
  const host = show(() => (
    <Segments
      label="这一处怎么样了"
      options={[
        { value: 'changed', label: '已改' },
        { value: 'right', label: '原来就对' },
      ]}
      chosen={chosen()}
      error={chosen() === null ? '请选一个' : undefined}
      onChoose={setChosen}
    />
  ));
  const group = host.querySelector('fieldset')!;
  const radios = [...host.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  expect([new Set(radios.map((each) => each.name)).size, radios.some((each) => each.checked)]).toEqual([1, false]);
  expect(group.querySelector('legend')?.textContent).toBe('这一处怎么样了');
  expect(document.getElementById(group.getAttribute('aria-describedby')!)?.textContent).toBe('请选一个');
  radios[1]!.click();
  expect([chosen(), radios[1]!.checked, group.getAttribute('aria-describedby')]).toEqual(['right', true, null]);
});

test('a bar without a known end says so', () => {
  const [done, setDone] = createSignal<number | null>(null);
  const bar = show(() => <Bar done={done()} of={200} label="导出" />).querySelector('progress')!;
  expect(bar.hasAttribute('value')).toBe(false);
  setDone(50);
  expect(bar.value).toBe(0.25);
});

test('theme and text size stand on <html> and last', () => {
  setTheme('dark');
  setTextStep('30');
  expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', text: '30' });
  expect(localStorage.getItem('lx.text')).toBe('30');
  setTheme(null);
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
