/** What could not be taken, whole, with the reason: look, release (it is tried again by the same door), or download. */
import { useLocation, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, For, type JSX, Match, on, Show, Switch } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { QuarantineDetail, QuarantineItem, QuarantinePage as Page } from '../../api/types';
import { t } from '../../i18n';
import { Empty, Loading, toast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { saveFile } from '../parts/save';
import { api } from '../session/session';
import { DeskBar } from '../Shell';
import { ItemRow, ItemView, whatOf } from './Item';
import { ItemActions } from './ItemActions';
import { stillStuck } from './still-stuck';

const views = ['open', 'released', 'closed'] as const;
type View = (typeof views)[number];
const PAGE = 100;

export function QuarantinePage(): JSX.Element {
  const params = useParams<{ item?: string }>();
  const [given] = useSearchParams<{ state?: string }>();
  const here = useLocation();
  const navigate = useNavigate();
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [busy, setBusy] = createSignal(false);

  const state = (): View => views.find((view) => view === given.state) ?? 'open';
  const list = createLoad(state, (wanted, signal) =>
    api.ask<Page>('/api/desk/quarantine', { query: { state: wanted, limit: PAGE }, signal }),
  );
  const item = createLoad(
    () => params.item ?? null,
    (id, signal) => api.ask<QuarantineDetail>(`/api/desk/quarantine/${id}`, { signal }),
  );
  const shown = () => (item.value()?.id === params.item ? item.value() : null);
  const hrefOf = (id: string | null) => `/quarantine${id === null ? '' : `/${id}`}${here.search}`;

  /** What was said about one item is not said about the next. */
  createEffect(
    on(
      () => params.item,
      () => setProblem(null),
      { defer: true },
    ),
  );

  const wide = matchMedia('(min-width: 900px)');
  createEffect(() => {
    const first = list.value()?.items[0];
    if (wide.matches && params.item === undefined && first !== undefined) navigate(hrefOf(first.id), { replace: true });
  });

  async function attempt(what: () => Promise<unknown>): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      await what();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  }
  const more = (page: Page) =>
    attempt(async () => {
      const query = { state: state(), after: page.next, limit: PAGE };
      const next = await api.ask<Page>('/api/desk/quarantine', { query });
      list.set({ items: [...page.items, ...next.items], next: next.next });
    });
  const release = (one: QuarantineItem) =>
    attempt(async () => {
      await api.ask(`/api/desk/quarantine/${one.id}/release`, { method: 'POST' }).catch(stillStuck);
      toast(t('desk.released', { what: whatOf(one) }));
      await Promise.all([list.reload(), item.reload()]);
    });
  const download = (one: QuarantineItem) =>
    attempt(async () => saveFile(await api.file(`/api/desk/quarantine/${one.id}/download`)));

  const nothing = () => list.value()?.items.length === 0;
  return (
    <>
      <DeskBar title={t('desk.quarantine')} folded={params.item !== undefined}>
        <For each={views}>
          {(view) => (
            <button
              type="button"
              class="fchip"
              classList={{ on: state() === view }}
              aria-pressed={state() === view}
              onClick={() => navigate(view === 'open' ? '/quarantine' : `/quarantine?state=${view}`, { replace: true })}
            >
              {t(`desk.quarantine_${view}`)}
            </button>
          )}
        </For>
      </DeskBar>
      <main
        class="review"
        classList={{ 'has-visit': params.item !== undefined, bare: nothing() && params.item === undefined }}
      >
        <Show when={!nothing() || params.item !== undefined}>
          <aside class="qlist" aria-label={t('desk.quarantine')}>
            <p class="qhead">{t('desk.quarantineNote')}</p>
            <Show when={list.problem()}>
              {(now) => <ProblemNote problem={now()} onAgain={() => void list.reload()} />}
            </Show>
            <Show when={list.value()} fallback={<Loading />}>
              {(page) => (
                <ul class="qscroll">
                  <For each={page().items}>
                    {(one) => <ItemRow item={one} open={one.id === params.item} href={hrefOf(one.id)} />}
                  </For>
                  <Show when={page().next}>
                    <li class="qmore">
                      <DeskButton small onClick={() => void more(page())}>
                        {t('desk.more')}
                      </DeskButton>
                    </li>
                  </Show>
                </ul>
              )}
            </Show>
          </aside>
        </Show>
        <Show when={params.item !== undefined} fallback={<Beside nothing={nothing()} view={state()} />}>
          <section class="visit" aria-label={t('desk.quarantineItem')}>
            <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
            <Switch fallback={<Loading />}>
              <Match when={shown()}>
                {(one) => (
                  <>
                    <ItemView item={one()} backHref={hrefOf(null)} />
                    <ItemActions
                      item={one()}
                      busy={busy()}
                      onRelease={() => void release(one())}
                      onMend={() => navigate(`/quarantine/${one().id}/mend`)}
                      onSee={(visit) => navigate(`/review/${visit}`)}
                      onDownload={() => void download(one())}
                      onClosed={() => Promise.all([list.reload(), item.reload()]).then(() => undefined)}
                    />
                  </>
                )}
              </Match>
              <Match when={item.problem()}>
                {(now) => <ProblemNote problem={now()} onAgain={() => void item.reload()} />}
              </Match>
            </Switch>
          </section>
        </Show>
      </main>
    </>
  );
}

function Beside(props: { nothing: boolean; view: View }): JSX.Element {
  return (
    <Show when={props.nothing} fallback={<p class="pickone muted">{t('desk.pickOne')}</p>}>
      <Empty title={t(`desk.quarantineEmpty_${props.view}`)}>{t('desk.quarantineEmptyNext')}</Empty>
    </Show>
  );
}
