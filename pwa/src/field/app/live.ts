/**
 * What a page shows, read again whenever the store says that something it shows has changed. One reading at a time;
 * changes during a reading lead to one more. A reading that fails is thrown where the page reads it, so that the
 * boundary round the page can say so in words.
 */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type { Store, Topic } from '../../store';

type State<T> = { at: 'reading' } | { at: 'here'; value: T } | { at: 'failed'; cause: unknown };

export function createLive<T>(
  store: Pick<Store, 'onStoreChange'>,
  topics: readonly Topic[],
  read: () => Promise<T>,
  /** what to show instead, where a page can do without */
  otherwise?: () => T,
): Accessor<T | undefined> {
  const [state, setState] = createSignal<State<T>>({ at: 'reading' });
  let running = false;
  let again = false;
  let gone = false;

  const go = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      const next: State<T> = await read().then(
        (value) => ({ at: 'here', value }),
        (cause: unknown) => ({ at: 'failed', cause }),
      );
      if (!gone) setState(next);
    } while (again && !gone);
    running = false;
  };

  const stop = store.onStoreChange((changed) => {
    if (topics.some((topic) => changed.has(topic))) void go();
  });
  onCleanup(() => {
    gone = true;
    stop();
  });
  createEffect(() => void go());

  return () => {
    const now = state();
    if (now.at === 'failed') {
      if (otherwise !== undefined) return otherwise();
      throw now.cause;
    }
    return now.at === 'here' ? now.value : undefined;
  };
}

/**
 * The next lines of a list, with the objects of before where a line says the same: its row then stays in the page, with
 * the focus and the finger on it.
 */
export function keepSame<T>(before: readonly T[] | undefined, next: readonly T[]): T[] {
  const known = new Map((before ?? []).map((line) => [JSON.stringify(line), line]));
  return next.map((line) => known.get(JSON.stringify(line)) ?? line);
}
