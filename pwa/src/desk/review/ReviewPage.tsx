/** The review queue: chips above, the list at the left, the visit, what one does with it at the foot. */
import { useLocation, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js';
import { withQuery } from '../../api/client';
import type { Filters, VisitDetail } from '../../api/types';
import { t } from '../../i18n';
import { Loading } from '../../ui';
import { useLive } from '../parts/live';
import { createLoad } from '../parts/load';
import { onKeys } from '../parts/on-keys';
import { ProblemNote } from '../parts/ProblemNote';
import { canShow, picturesOf } from '../photos/pictures';
import { api, may } from '../session/session';
import { DeskBar } from '../Shell';
import { ActionBar } from './ActionBar';
import { createActs, disputed } from './acts';
import { FilterPanel } from './FilterPanel';
import { type Filter, filterOf, searchOf, viewOf } from './filters';
import { Nothing } from './Nothing';
import { createQueue } from './queue';
import { QueueList } from './QueueList';
import { Tools, viewCounts } from './Tools';
import { isMerged, VisitView } from './VisitView';

const sameFilter = (a: Filter, b: Filter) => JSON.stringify(a) === JSON.stringify(b);

export function ReviewPage(): JSX.Element {
  const params = useParams<{ visit?: string }>();
  const [given] = useSearchParams();
  const here = useLocation();
  const navigate = useNavigate();
  const [filtersShown, showFilters] = createSignal(false);
  let search!: HTMLInputElement;

  const filter = createMemo(() => filterOf(given), undefined, { equals: sameFilter });
  /** Another list begins at its first visit. */
  const setFilter = (next: Filter) => navigate(withQuery('/review', searchOf(next)), { replace: true });
  const visit = () => params.visit ?? null;
  /** The router's own address, not the window's: that one is still the old one while a page changes. */
  const hrefOf = (id: string | null) => `/review${id === null ? '' : `/${id}`}${here.search}`;
  const go = (id: string | null) => navigate(hrefOf(id), { replace: true, scroll: false });

  const queue = createQueue(filter, visit, go);
  const choices = createLoad(
    () => 'filters',
    (_key, signal) => api.ask<Filters>('/api/desk/filters', { signal }),
  );
  const detail = createLoad(visit, (id, signal) => api.ask<VisitDetail>(`/api/desk/visits/${id}`, { signal }));
  const live = useLive();
  createEffect(on(live.version, () => void Promise.all([queue.reload(), detail.reload()]), { defer: true }));

  const wide = matchMedia('(min-width: 900px)');
  createEffect(() => {
    const first = queue.items()[0];
    if (wide.matches && visit() === null && first !== undefined) go(first.visit);
  });
  createEffect(() => {
    if (visit() !== null) document.querySelector('.qrow.on')?.scrollIntoView({ block: 'nearest' });
  });

  const decides = () => may('visits.review');
  /** The same again is no news: what plays, is unfolded or has the focus in it stays as it is. */
  const shown = createMemo(() => (detail.value()?.visit.visit === visit() ? detail.value() : null), null, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const acts = createActs({ queue, detail, shown, mayReview: decides, visit });
  const [large, setLarge] = createSignal<string | null>(null);
  const firstPhoto = () => picturesOf(shown()?.records ?? []).find(({ attachment }) => canShow(attachment));
  const enlarge = () => setLarge(firstPhoto()?.attachment.sha256 ?? null);
  createEffect(on(visit, () => setLarge(null), { defer: true }));

  function mark(): void {
    const id = visit();
    if (id !== null && ticks()) queue.tick(id, !queue.ticked().has(id));
  }
  function leave(): void {
    if (document.activeElement === search) search.blur();
    else if (queue.chosen().length > 0) queue.tickAll(false);
    else showFilters(false);
  }
  /** By the keyboard one also hears where one has got to: the visit's heading takes the focus. */
  let stepped = false;
  const step = (by: 1 | -1) => {
    stepped = true;
    queue.step(by);
  };
  createEffect(() => {
    if (shown() === null || !stepped) return;
    stepped = false;
    document.querySelector<HTMLElement>('.vhead h2')?.focus({ preventScroll: true });
  });
  const twoVersions = () => {
    const now = shown();
    return now !== null && disputed(now);
  };
  /** Two versions, or a merge that nobody has opened yet. */
  const settles = () => {
    const now = shown();
    return now !== null && acts.mayDecide() && now.visit.state !== 'withdrawn' && (disputed(now) || isMerged(now));
  };
  const settle = () => {
    if (settles()) navigate(`/review/${visit()}/settle${here.search}`);
  };
  onKeys({
    next: () => step(1),
    previous: () => step(-1),
    approve: () => void acts.approve(),
    giveBack: acts.beginReturn,
    settle,
    undo: () => void acts.undo(),
    enlarge,
    mark,
    search: () => search.focus(),
    leave,
  });

  const waits = () => filter().state === 'received';
  const ticks = () => decides() && waits();
  const nothing = () => queue.page() !== null && queue.items().length === 0 && visit() === null;
  const place = () => {
    const counts = queue.page()?.counts;
    const view = viewOf(filter());
    if (queue.at() < 0 || counts === undefined || view === null) return null;
    return { at: queue.at() + 1, of: counts[viewCounts[view]] };
  };
  return (
    <>
      <DeskBar title={t('desk.review')} folded={visit() !== null}>
        <Tools
          filter={filter()}
          counts={queue.page()?.counts}
          decides={decides()}
          filtersShown={filtersShown()}
          heard={live.heard()}
          onFilter={setFilter}
          onShowFilters={showFilters}
          searchRef={(box) => (search = box)}
        />
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
        <main class="review" classList={{ 'has-visit': visit() !== null, bare: nothing() }}>
          <Show when={!nothing()} fallback={<Nothing filter={filter()} onFilter={setFilter} />}>
            <QueueList queue={queue} open={visit()} hrefOf={hrefOf} ticks={ticks()} waits={waits()} />
          </Show>
          <Show when={visit() !== null}>
            <section class="visit" aria-label={t('desk.visit')}>
              <Show when={queue.problem()}>
                {(problem) => <ProblemNote problem={problem()} onClose={queue.forget} />}
              </Show>
              <Switch fallback={<Loading />}>
                <Match when={shown()}>
                  {(found) => (
                    <VisitView
                      detail={found()}
                      place={place()}
                      backHref={hrefOf(null)}
                      hrefOf={hrefOf}
                      large={large()}
                      onLarge={setLarge}
                      returning={acts.returning()}
                      onReturned={acts.sendReturn}
                      onNewer={() => void acts.seeNewer()}
                      onLeaveReturn={acts.leaveReturn}
                      onNote={acts.note}
                      decides={acts.mayDecide()}
                      onFollow={acts.follow}
                      onProblem={queue.tell}
                      onSettle={settles() ? settle : null}
                    />
                  )}
                </Match>
                <Match when={detail.problem()}>
                  {(problem) => <ProblemNote problem={problem()} onAgain={() => void detail.reload()} />}
                </Match>
              </Switch>
              <ActionBar
                decides={acts.mayDecide()}
                ticked={queue.chosen().length}
                waits={shown()?.visit.state === 'received'}
                disputed={twoVersions()}
                withdrawn={shown()?.visit.state === 'withdrawn'}
                undoes={acts.standing()?.kind ?? null}
                busy={queue.busy()}
                pictures={firstPhoto() !== undefined}
                onApprove={() => void acts.approve()}
                onGiveBack={acts.beginReturn}
                onSettle={settle}
                onEnlarge={enlarge}
                onUndo={() => void acts.undo()}
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
