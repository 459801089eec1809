/** The review queue: chips above, the list at the left, the visit, what one does with it at the foot. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js';
import type { Counts, Filters, VisitDetail } from '../../api/types';
import { t } from '../../i18n';
import { Empty, Icon, Loading, undoToast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { actionOf } from '../parts/keys';
import { createLive } from '../parts/live';
import { createLoad } from '../parts/load';
import { LiveMark } from '../parts/LiveMark';
import { ProblemNote } from '../parts/ProblemNote';
import { api, may } from '../session/session';
import { DeskBar, showKeys } from '../Shell';
import { ActionBar } from './ActionBar';
import { FilterPanel } from './FilterPanel';
import { cleared, type Filter, filterOf, furtherCount, searchOf, type View, viewOf, views } from './filters';
import { createQueue } from './queue';
import { QueueList } from './QueueList';
import { VisitView } from './VisitView';

const viewCounts: Readonly<Record<View, keyof Counts>> = {
  mine: 'received',
  flagged: 'flagged',
  back: 'returned_back',
  returned: 'returned',
  approved: 'approved',
};
const viewNames = Object.keys(views) as View[];

export function ReviewPage(): JSX.Element {
  const params = useParams<{ visit?: string }>();
  const [given, setGiven] = useSearchParams();
  const navigate = useNavigate();
  const [filtersShown, showFilters] = createSignal(false);
  let search!: HTMLInputElement;

  const filter = createMemo(() => filterOf(given), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const setFilter = (next: Filter) => setGiven(searchOf(next), { replace: true });
  const visit = () => params.visit ?? null;
  const query = () => location.search;
  const hrefOf = (id: string) => `/review/${id}${query()}`;
  const go = (id: string | null) =>
    navigate(id === null ? `/review${query()}` : hrefOf(id), { replace: true, scroll: false });

  const queue = createQueue(filter, visit, go);
  const choices = createLoad(
    () => 'filters',
    (_key, signal) => api.ask<Filters>('/api/desk/filters', { signal }),
  );
  const detail = createLoad(visit, (id, signal) => api.ask<VisitDetail>(`/api/desk/visits/${id}`, { signal }));
  const live = createLive(api);
  createEffect(on(live.version, () => void Promise.all([queue.reload(), detail.reload()]), { defer: true }));
  const wide = matchMedia('(min-width: 900px)');
  createEffect(() => {
    const first = queue.items()[0];
    if (wide.matches && visit() === null && first !== undefined) go(first.visit);
  });

  const decides = () => may('visits.review');
  const shown = () => {
    const found = detail.value();
    return found?.visit.visit === visit() ? found : null;
  };
  const approval = () =>
    shown()
      ?.decisions.filter((each) => each.kind === 'approve' && !each.undone)
      .at(-1);
  const canUndo = () => shown()?.visit.state === 'approved' && approval() !== undefined;

  async function approve(): Promise<void> {
    const now = shown();
    if (!decides()) return;
    if (queue.chosen().length > 0) await queue.approveTicked();
    else if (now?.visit.state === 'received') await queue.approve(now.visit);
    await detail.reload();
  }

  async function undo(): Promise<void> {
    const last = approval();
    if (undoToast() || !decides() || !canUndo() || last === undefined) return;
    await queue.undo([last], visit() ?? '');
    await detail.reload();
  }

  function pressed(event: KeyboardEvent): void {
    const action = actionOf(event);
    if (action === null || event.defaultPrevented) return;
    event.preventDefault();
    switch (action) {
      case 'next':
        return queue.step(1);
      case 'previous':
        return queue.step(-1);
      case 'approve':
        return void approve();
      case 'undo':
        return void undo();
      case 'mark':
        return visit() === null ? undefined : queue.tick(visit() ?? '', !queue.ticked().has(visit() ?? ''));
      case 'search':
        return search.focus();
      case 'keys':
        return void showKeys(true);
      case 'leave':
        return leave();
    }
  }
  function leave(): void {
    if (document.activeElement === search) search.blur();
    else if (queue.chosen().length > 0) queue.tickAll(false);
    else showFilters(false);
  }
  onMount(() => {
    document.addEventListener('keydown', pressed);
    onCleanup(() => document.removeEventListener('keydown', pressed));
  });
  createEffect(() => {
    if (visit() !== null) document.querySelector('.qrow.on')?.scrollIntoView({ block: 'nearest' });
  });

  const nothing = () => queue.page() !== null && queue.items().length === 0;
  const narrowed = () => furtherCount(filter()) > 0;
  const place = () =>
    queue.at() < 0
      ? null
      : { at: queue.at() + 1, of: queue.page()?.counts[viewCounts[viewOf(filter()) ?? 'mine']] ?? 0 };
  return (
    <>
      <DeskBar title={t('desk.review')}>
        <For each={viewNames}>
          {(name) => (
            <button
              type="button"
              class="fchip"
              classList={{ on: viewOf(filter()) === name }}
              aria-pressed={viewOf(filter()) === name}
              onClick={() => setFilter({ ...filter(), ...views[name] })}
            >
              <Show when={name === 'flagged'}>
                <Icon name="flag" />
              </Show>
              {t(`desk.view_${name}`)} {queue.page()?.counts[viewCounts[name]] ?? ''}
            </button>
          )}
        </For>
        <button
          type="button"
          class="fchip"
          classList={{ on: narrowed() }}
          aria-expanded={filtersShown()}
          onClick={() => showFilters(!filtersShown())}
        >
          <Icon name="sliders-horizontal" />
          {narrowed() ? t('desk.filtersN', { n: furtherCount(filter()) }) : t('desk.filters')}
        </button>
        <label class="seek">
          <Icon name="search" />
          <input
            ref={search}
            type="search"
            aria-label={t('desk.search')}
            aria-keyshortcuts="/"
            value={filter().search}
            onChange={(event) => setFilter({ ...filter(), search: event.currentTarget.value.trim() })}
          />
        </label>
        <LiveMark heard={live.heard()} />
      </DeskBar>
      <div class="belowbar">
        <Show when={filtersShown()}>
          <FilterPanel
            filter={filter()}
            choices={choices.value()}
            onChange={setFilter}
            onClose={() => showFilters(false)}
          />
        </Show>
        <main class="review" classList={{ 'has-visit': visit() !== null, bare: nothing() && visit() === null }}>
          <Show when={!nothing() || visit() !== null}>
            <QueueList
              queue={queue}
              open={visit()}
              hrefOf={hrefOf}
              ticks={decides() && filter().state === 'received'}
            />
          </Show>
          <Show when={nothing() && visit() === null}>
            <Nothing
              narrowed={narrowed() || filter().search !== ''}
              view={viewOf(filter())}
              onClear={() => setFilter({ ...cleared(filter()), ...views.mine })}
              onSeeApproved={() => setFilter({ ...cleared(filter()), ...views.approved })}
            />
          </Show>
          <Show when={visit() !== null}>
            <section class="visit" aria-label={t('desk.visit')}>
              <Show when={queue.problem()}>
                {(problem) => <ProblemNote problem={problem()} onClose={queue.forget} />}
              </Show>
              <Switch fallback={<Loading />}>
                <Match when={shown()}>
                  {(found) => (
                    <VisitView detail={found()} place={place()} backHref={`/review${query()}`} hrefOf={hrefOf} />
                  )}
                </Match>
                <Match when={detail.problem()}>
                  {(problem) => <ProblemNote problem={problem()} onAgain={() => void detail.reload()} />}
                </Match>
              </Switch>
              <ActionBar
                decides={decides()}
                ticked={queue.chosen().length}
                canApprove={shown()?.visit.state === 'received'}
                canUndo={canUndo()}
                busy={queue.busy()}
                onApprove={() => void approve()}
                onUndo={() => void undo()}
                onUntick={() => queue.tickAll(false)}
                onStep={queue.step}
              />
            </section>
          </Show>
        </main>
      </div>
    </>
  );
}

function Nothing(props: {
  narrowed: boolean;
  view: View | null;
  onClear: () => void;
  onSeeApproved: () => void;
}): JSX.Element {
  return (
    <Switch
      fallback={
        <Empty
          title={t('desk.nothingHere')}
          action={
            <DeskButton icon="rotate-ccw" onClick={props.onClear}>
              {t('desk.backToMine')}
            </DeskButton>
          }
        />
      }
    >
      <Match when={props.narrowed}>
        <Empty
          title={t('desk.nothingFits')}
          action={
            <DeskButton icon="rotate-ccw" onClick={props.onClear}>
              {t('desk.clearFilters')}
            </DeskButton>
          }
        >
          {t('desk.nothingFitsNext')}
        </Empty>
      </Match>
      <Match when={props.view === 'mine'}>
        <Empty
          title={t('desk.allSeen')}
          action={
            <DeskButton icon="rotate-ccw" onClick={props.onSeeApproved}>
              {t('desk.seeApproved')}
            </DeskButton>
          }
        >
          {t('desk.allSeenNext')}
        </Empty>
      </Match>
    </Switch>
  );
}
