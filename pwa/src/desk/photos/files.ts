/**
 * Bytes that only the token opens, as addresses that an <img> can show. Each is fetched once for as long as its page is
 * there, and its memory is given back with the page: a morning's work would fill the machine otherwise.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';

export interface FileHere {
  /** null until the bytes are here */
  url: Accessor<string | null>;
  problem: Accessor<ApiProblem | null>;
  again: () => void;
}
export type Files = (path: string) => FileHere;

/** Call where the page is made; `get` rejects with an ApiProblem. */
export function createFiles(get: (path: string, signal: AbortSignal) => Promise<Blob>): Files {
  const known = new Map<string, FileHere>();
  const made: string[] = [];
  const over = new AbortController();
  onCleanup(() => {
    over.abort();
    for (const url of made) URL.revokeObjectURL(url);
  });

  function begin(path: string): FileHere {
    const [url, setUrl] = createSignal<string | null>(null);
    const [problem, setProblem] = createSignal<ApiProblem | null>(null);
    async function fetchIt(): Promise<void> {
      setProblem(null);
      try {
        const blob = await get(path, over.signal);
        if (over.signal.aborted) return;
        const here = URL.createObjectURL(blob);
        made.push(here);
        setUrl(here);
      } catch (thrown) {
        if (!over.signal.aborted) setProblem(asProblem(thrown));
      }
    }
    void fetchIt();
    return { url, problem, again: () => void fetchIt() };
  }

  return (path) => {
    const found = known.get(path) ?? begin(path);
    known.set(path, found);
    return found;
  };
}
