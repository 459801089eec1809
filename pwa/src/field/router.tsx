/**
 * Which page stands on the screen: thirteen addresses, the browser's own history, and one question before leaving. Its own
 * hundred lines, because the whole first screen has 60 kB and a general router takes a tenth of them.
 *
 * Each entry of the history carries its depth, so that a step back that must not happen (what she wrote is not saved)
 * can be taken back, whichever way it was made.
 */
import { createMemo, createSignal, type JSX, onCleanup, Show, untrack } from 'solid-js';

interface Kept {
  readonly depth: number;
  readonly state: unknown;
}

export interface Place {
  readonly path: string;
  readonly search: URLSearchParams;
  /** what the page before gave along; lives as long as the entry of the history */
  readonly state: unknown;
  readonly depth: number;
}

const read = (): Place => {
  const kept = history.state as Partial<Kept> | null;
  const search = new URLSearchParams(location.search);
  return { path: location.pathname, search, state: kept?.state ?? null, depth: kept?.depth ?? 0 };
};

const [place, setPlace] = createSignal<Place>(read());
const blocks = new Set<() => boolean>();
const blocked = (): boolean => [...blocks].some((block) => block());

export { place };

export interface Going {
  /** the entry of now is not to be come back to */
  readonly replace?: boolean;
  readonly state?: unknown;
}

/** Goes to an address of the app, unless something on screen must not be left. */
export function navigate(to: string, { replace = false, state = null }: Going = {}): void {
  const here = untrack(place);
  const url = new URL(to, location.href);
  if (url.pathname !== here.path && blocked()) return;
  const kept: Kept = { depth: here.depth + (replace ? 0 : 1), state };
  if (replace) history.replaceState(kept, '', url);
  else history.pushState(kept, '', url);
  setPlace(read());
}

/** Where she came from, as the phone's own way back; to `otherwise` when the app was opened here. */
export function goBack(otherwise: string): void {
  if (untrack(place).depth > 0) history.back();
  else navigate(otherwise, { replace: true });
}

/** As long as the page stands: `block` says whether it must not be left now. */
export function useBeforeLeave(block: () => boolean): void {
  blocks.add(block);
  onCleanup(() => blocks.delete(block));
}

/** Listens to the way back and to taps on links; called once. Returns how to stop. */
export function startRouter(): () => void {
  const onPop = () => {
    const before = untrack(place);
    const next = read();
    const steps = before.depth - next.depth;
    if (next.path !== before.path && steps !== 0 && blocked()) history.go(steps);
    else setPlace(next);
  };
  const onClick = (event: MouseEvent) => {
    const to = linkOf(event);
    if (to === null) return;
    event.preventDefault();
    navigate(to);
  };
  addEventListener('popstate', onPop);
  document.addEventListener('click', onClick);
  setPlace(read());
  return () => {
    removeEventListener('popstate', onPop);
    document.removeEventListener('click', onClick);
  };
}

/** The address of a tapped link that is ours to follow: no other tab, no telephone, no other part of the county. */
function linkOf(event: MouseEvent): string | null {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (event.defaultPrevented || !plain || !(link instanceof HTMLAnchorElement)) return null;
  if (link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return null;
  return link.pathname + link.search;
}

/** A page and its address: `/person/:id`, of which the page gets the id. */
export interface Page {
  readonly at: string;
  readonly page: (props: { id: string }) => JSX.Element;
}

function idAt(at: string, path: string): string | null {
  if (at === path) return '';
  if (!at.endsWith('/:id')) return null;
  const [start] = at.split(':');
  const id = path.slice(start?.length);
  return path.startsWith(start ?? '') && id !== '' && !id.includes('/') ? decodeURIComponent(id) : null;
}

/** The page of the address of now; another path is another page, another search is not. The first is for all others. */
export function Pages(props: { pages: readonly [Page, ...Page[]] }): JSX.Element {
  const path = createMemo(() => place().path);
  const shown = (now: string) => {
    for (const { at, page } of props.pages) {
      const id = idAt(at, now);
      if (id !== null) return { page, id };
    }
    return { page: props.pages[0].page, id: '' };
  };
  return (
    <Show when={path()} keyed>
      {(now) => {
        const { page: Shown, id } = shown(now);
        return <Shown id={id} />;
      }}
    </Show>
  );
}
