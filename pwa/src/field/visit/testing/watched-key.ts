/**
 * A key of a phone's keyboard, watched until its frame is painted. Such a keyboard sends no `keydown` that says anything,
 * but text that is to be inserted: what comes before `beforeinput` is the keyboard's and not the page's.
 */

export interface Key {
  readonly box: HTMLInputElement;
  readonly began: number;
  /** From the key to the frame that shows it, in milliseconds. */
  readonly paint: number;
  /** What of it was work, and not waiting for the screen. */
  readonly work: number;
}

/** The moment after the next frame was painted, before anything else that waits for it; and how long its making took. */
export function painted(): Promise<{ at: number; took: number }> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const began = performance.now();
      const told = () => resolve({ at: performance.now(), took: performance.now() - began });
      void scheduler.postTask(told, { priority: 'user-blocking' });
    });
  });
}

/** The next key that is pressed in a box. */
export function watchedKey(): Promise<Key> {
  return new Promise((resolve) => {
    const onKey = () => {
      const began = performance.now();
      const onInput = async (box: HTMLInputElement) => {
        const handled = performance.now() - began;
        const { at, took } = await painted();
        resolve({ box, began, paint: at - began, work: handled + took });
      };
      addEventListener('input', ({ target }) => void onInput(target as HTMLInputElement), { once: true });
    };
    addEventListener('beforeinput', onKey, { once: true, capture: true });
  });
}
