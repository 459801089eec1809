/**
 * Loads what a page shows, again whenever its key changes. While the same thing is loaded anew the old one stays on
 * screen; a failure keeps it there too and stands beside it. The last one asked for wins, whatever arrives when. What
 * was loaded for another key is not there any more from the moment at which the key changes.
 */
import { type Accessor, batch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';

export interface Load<T> {
  value: Accessor<T | null>;
  problem: Accessor<ApiProblem | null>;
  loading: Accessor<boolean>;
  reload: () => Promise<void>;
  set: (value: T) => void;
}

export function createLoad<K, T>(key: Accessor<K | null>, get: (key: K, signal: AbortSignal) => Promise<T>): Load<T> {
  const [loaded, setLoaded] = createSignal<{ key: K; value: T } | null>(null);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [loading, setLoading] = createSignal(false);
  let current: AbortController | null = null;

  async function reload(): Promise<void> {
    const wanted = key();
    current?.abort();
    if (wanted === null) {
      batch(() => {
        setLoaded(null);
        setProblem(null);
        setLoading(false);
      });
      return;
    }
    const mine = new AbortController();
    current = mine;
    setLoading(true);
    try {
      const got = await get(wanted, mine.signal);
      if (current !== mine) return;
      batch(() => {
        setLoaded({ key: wanted, value: got });
        setProblem(null);
        setLoading(false);
      });
    } catch (thrown) {
      if (current !== mine || mine.signal.aborted) return;
      batch(() => {
        setProblem(asProblem(thrown));
        setLoading(false);
      });
    }
  }

  createEffect(on(key, () => void reload()));
  onCleanup(() => current?.abort());
  const value = () => {
    const now = loaded();
    return now !== null && now.key === key() ? now.value : null;
  };
  const set = (next: T) => {
    const now = key();
    if (now !== null) setLoaded({ key: now, value: next });
  };
  return { value, problem, loading, reload, set };
}
