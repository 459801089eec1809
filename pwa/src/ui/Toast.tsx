/**
 * One toast at a time, eight seconds, with an undo; a new one takes the place of the old. Never for an error: an error
 * stays where it happened until it is mended. The clock stands still while a pointer or the focus is on it.
 */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../i18n';
import { Icon } from './Icon';

const SHOWN_MS = 8000;

export interface ToastWords {
  words: string;
  undo?: () => void;
  undoLabel?: string;
}

const [current, setCurrent] = createSignal<ToastWords | null>(null, { equals: false });
let timer: ReturnType<typeof setTimeout> | undefined;

const wait = () => {
  clearTimeout(timer);
  timer = setTimeout(() => setCurrent(null), SHOWN_MS);
};

/** Gives what takes it away before its time: an undo must not outlive what it would write to. */
export function toast(words: string, options: Omit<ToastWords, 'words'> = {}): () => void {
  const shown = { words, ...options };
  setCurrent(shown);
  wait();
  return () => {
    if (current() === shown) setCurrent(null);
  };
}

/** Takes back what the toast on screen offers to take back (the key Z); false when there is nothing. */
export function undoToast(): boolean {
  const undo = current()?.undo;
  if (undo === undefined) return false;
  clearTimeout(timer);
  setCurrent(null);
  undo();
  return true;
}

/** Where toasts appear; once on a page. */
export function Toasts(): JSX.Element {
  onCleanup(() => clearTimeout(timer));
  return (
    <div class="toasts" role="status">
      <Show when={current()}>
        {(shown) => (
          <div
            class="toast"
            onPointerEnter={() => clearTimeout(timer)}
            onPointerLeave={wait}
            onFocusIn={() => clearTimeout(timer)}
            onFocusOut={wait}
          >
            <Icon name="check" />
            <span class="grow">{shown().words}</span>
            <Show when={shown().undo}>
              <button type="button" onClick={() => undoToast()}>
                {shown().undoLabel ?? t('ui.undo')}
              </button>
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
}
