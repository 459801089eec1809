/**
 * A long list on a page, drawn a little further than she has scrolled, so that 500 questions open as fast as ten. It only
 * grows: what was drawn keeps its place and its focus.
 */
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js';

/** Has what fits drawn, so that it can be gone to. */
export type Reveal<T> = (fits: (item: T) => boolean) => void;

export interface WindowedProps<T> {
  each: readonly T[];
  /** So many at first, and so many more whenever she comes near their end. */
  by: number;
  fallback?: JSX.Element;
  reveal?: (reveal: Reveal<T>) => void;
  children: (item: T) => JSX.Element;
}

export function Windowed<T>(props: WindowedProps<T>): JSX.Element {
  const whole = typeof IntersectionObserver === 'undefined';
  const [least, setLeast] = createSignal(untrack(() => props.by));
  /** Never less than stood there before: a row that comes in between pushes nothing off the page. */
  const drawn = createMemo<readonly T[]>((before) => {
    const last = before.at(-1);
    const until = last === undefined ? 0 : props.each.indexOf(last) + 1;
    return whole ? props.each : props.each.slice(0, Math.max(until, least()));
  }, []);
  // eslint-disable-next-line solid/reactivity -- it is called from events
  untrack(() => props.reveal)?.((fits) => {
    const at = props.each.findIndex(fits);
    if (at >= drawn().length) setLeast(at + props.by);
  });
  return (
    <>
      <For each={drawn()} fallback={props.fallback}>
        {(item) => props.children(item)}
      </For>
      <Show when={drawn().length < props.each.length && drawn().length} keyed>
        {(count) => <Below onNear={() => setLeast(count + props.by)} />}
      </Show>
    </>
  );
}

/** Stands where the next will be drawn, and says when she is two screens away from there. */
function Below(props: { onNear: () => void }): JSX.Element {
  let mark!: HTMLDivElement;
  onMount(() => {
    const root = mark.closest('main.form');
    const near = ([entry]: IntersectionObserverEntry[]) => {
      if (entry?.isIntersecting === true) props.onNear();
    };
    const observer = new IntersectionObserver(near, { root, rootMargin: '0px 0px 200% 0px' });
    observer.observe(mark);
    onCleanup(() => observer.disconnect());
  });
  return <div ref={mark} aria-hidden="true" />;
}
