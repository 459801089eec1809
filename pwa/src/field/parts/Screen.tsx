/**
 * One phone screen: bar, scrolling middle, dock. The heading takes the focus when the page opens, so that a reader
 * starts with where she is; 演示数据 and 紧急 come from the shell, so that no page can forget them.
 */
import { createContext, type JSX, onMount, Show, useContext } from 'solid-js';
import { TopBar } from '../../ui';

export interface Shell {
  readonly demo: () => boolean;
  readonly onUrgent: () => void;
}

export const ShellContext = createContext<Shell>({ demo: () => false, onUrgent: () => undefined });
export const useShell = (): Shell => useContext(ShellContext);

export interface ScreenProps {
  title: JSX.Element;
  /** who and where, below the title */
  sub?: JSX.Element;
  onBack?: (() => void) | undefined;
  /** 紧急 at the right: in every visit */
  urgent?: boolean;
  dock?: JSX.Element;
  class?: string;
  /** nothing in the middle takes the focus, so the middle itself does: it may have to be scrolled */
  still?: boolean;
  children: JSX.Element;
}

export function Screen(props: ScreenProps): JSX.Element {
  const shell = useShell();
  return (
    <div class="screen">
      <TopBar
        title={<FocusedTitle>{props.title}</FocusedTitle>}
        sub={props.sub}
        demo={shell.demo()}
        {...(props.onBack ? { onBack: props.onBack } : {})}
        {...(props.urgent ? { onUrgent: shell.onUrgent } : {})}
      />
      <main class={props.class} tabindex={props.still ? 0 : undefined}>
        {props.children}
      </main>
      <Show when={props.dock}>{props.dock}</Show>
    </div>
  );
}

/** Takes the focus once, without a ring: it is said, not pointed at. */
export function FocusedTitle(props: { children: JSX.Element }): JSX.Element {
  let title!: HTMLSpanElement;
  onMount(() => title.focus({ preventScroll: true }));
  return (
    <span ref={title} class="title-focus" tabindex="-1">
      {props.children}
    </span>
  );
}
