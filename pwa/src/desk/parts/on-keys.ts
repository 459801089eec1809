/** Hears the page's keys for as long as the page is there. */
import { onCleanup, onMount } from 'solid-js';
import { actionOf, type KeyAction } from './keys';

export function onKeys(does: Readonly<Partial<Record<KeyAction, () => void>>>): void {
  const pressed = (event: KeyboardEvent) => {
    const action = event.defaultPrevented ? null : actionOf(event);
    const act = action === null ? undefined : does[action];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  onMount(() => document.addEventListener('keydown', pressed));
  onCleanup(() => document.removeEventListener('keydown', pressed));
}
