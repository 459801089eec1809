/** A few views of one thing (WAI-ARIA tabs): one stop of the Tab key, the arrow keys choose. Panels stay when they are hidden. */
import { createUniqueId, For, type JSX } from 'solid-js';

export interface TabsProps<V extends string> {
  label: string;
  tabs: readonly { readonly value: V; readonly label: JSX.Element; readonly panel: () => JSX.Element }[];
  chosen: V;
  onChoose: (value: V) => void;
}

export function Tabs<V extends string>(props: TabsProps<V>): JSX.Element {
  const id = createUniqueId();
  let list!: HTMLDivElement;
  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const at = props.tabs.findIndex(({ value }) => value === props.chosen);
    const next = (at + by + props.tabs.length) % props.tabs.length;
    props.onChoose(props.tabs[next]!.value);
    list.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }
  return (
    <div class="tabbed">
      <div ref={list} class="tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={props.chosen === tab.value}
              aria-controls={`${id}-${tab.value}-panel`}
              tabindex={props.chosen === tab.value ? 0 : -1}
              onClick={() => props.onChoose(tab.value)}
            >
              {tab.label}
            </button>
          )}
        </For>
      </div>
      <For each={props.tabs}>
        {(tab) => (
          <div
            class="tabpanel"
            role="tabpanel"
            id={`${id}-${tab.value}-panel`}
            aria-labelledby={`${id}-${tab.value}`}
            hidden={props.chosen !== tab.value}
          >
            {tab.panel()}
          </div>
        )}
      </For>
    </div>
  );
}
