/** Hears the page's keys for as long as the page is there. */
import { onCleanup, onMount } from 'solid-js';
import { actionOf, type KeyAction } from './keys';

export function onKeys(does: Readonly<Partial<Record<KeyAction, () => void>>>): void {
  useKeydown((event) => {
    const action = event.defaultPrevented ? null : actionOf(event);
    const act = action === null ? undefined : does[action];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** Every key, also those that a dialog has to itself: a click on its bare ground leaves the focus outside of it. */
export function useKeydown(hear: (event: KeyboardEvent) => void): void {
  onMount(() => document.addEventListener('keydown', hear));
  onCleanup(() => document.removeEventListener('keydown', hear));
}
