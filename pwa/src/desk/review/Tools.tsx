/** What stands beside the title: the questions that a reviewer asks as chips, further filters, search, and the pulse. */
import { For, type JSX, Show } from 'solid-js';
import type { Counts } from '../../api/types';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import type { Heard } from '../parts/live';
import { LiveMark } from '../parts/LiveMark';
import { type Filter, furtherCount, type View, viewOf, views } from './filters';

export const viewCounts: Readonly<Record<View, keyof Counts>> = {
  mine: 'received',
  flagged: 'flagged',
  two: 'two_versions',
  back: 'returned_back',
  returned: 'returned',
  approved: 'approved',
};
const viewNames = Object.keys(views) as View[];

export interface ToolsProps {
  filter: Filter;
  counts: Counts | undefined;
  filtersShown: boolean;
  /** who only reads is told what waits, not that it waits for her */
  decides: boolean;
  heard: Heard;
  onFilter: (filter: Filter) => void;
  onShowFilters: (shown: boolean) => void;
  searchRef: (box: HTMLInputElement) => void;
}

export function Tools(props: ToolsProps): JSX.Element {
  const on = (name: View) => viewOf(props.filter) === name;
  /** What was sent back, and what was changed on two sides, is a chip only while there is any. */
  const shown = (name: View) =>
    (name !== 'returned' && name !== 'two') || on(name) || (props.counts?.[viewCounts[name]] ?? 0) > 0;
  return (
    <>
      <For each={viewNames.filter(shown)}>
        {(name) => (
          <button
            type="button"
            class="fchip"
            classList={{ on: on(name) }}
            aria-pressed={on(name)}
            onClick={() => props.onFilter({ ...props.filter, ...views[name] })}
          >
            <Show when={name === 'flagged'}>
              <Icon name="flag" />
            </Show>
            {name === 'mine' && !props.decides ? t('desk.view_waiting') : t(`desk.view_${name}`)}{' '}
            {props.counts?.[viewCounts[name]] ?? ''}
          </button>
        )}
      </For>
      <button
        type="button"
        class="fchip"
        classList={{ on: furtherCount(props.filter) > 0 }}
        aria-expanded={props.filtersShown}
        onClick={() => props.onShowFilters(!props.filtersShown)}
      >
        <Icon name="sliders-horizontal" />
        {furtherCount(props.filter) > 0 ? t('desk.filtersN', { n: furtherCount(props.filter) }) : t('desk.filters')}
      </button>
      <label class="seek">
        <Icon name="search" />
        <input
          ref={(box) => props.searchRef(box)}
          type="search"
          aria-label={t('desk.search')}
          aria-keyshortcuts="/"
          value={props.filter.search}
          onChange={(event) => props.onFilter({ ...props.filter, search: event.currentTarget.value.trim() })}
        />
      </label>
      <LiveMark heard={props.heard} />
    </>
  );
}
