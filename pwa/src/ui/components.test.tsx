import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import { Bar, Button, Chip, Choices, Dialog, setTextStep, setTheme, TextField, toast, Toasts, undoToast } from '.';

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
