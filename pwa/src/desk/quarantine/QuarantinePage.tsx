/** What could not be taken, whole, with the reason: look, release (it is tried again by the same door), or download. */
import { A, useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { QuarantineItem } from '../../api/types';
import { dayOf, formatBytes, formatNear, formatTime, inWords, t } from '../../i18n';
import { Chip, Dot, Empty, Icon, Loading, toast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { saveFile } from '../parts/save';
import { api, may, zone } from '../session/session';
import { DeskBar } from '../Shell';

const views = ['open', 'released'] as const;

export function QuarantinePage(): JSX.Element {
  const params = useParams<{ item?: string }>();
  const [given, setGiven] = useSearchParams<{ state?: string }>();
  const navigate = useNavigate();
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [busy, setBusy] = createSignal(false);

  const state = () => (given.state === 'released' ? 'released' : 'open');
  const list = createLoad(state, (wanted, signal) =>
    api.ask<{ items: QuarantineItem[] }>('/api/desk/quarantine', { query: { state: wanted }, signal }),
  );
  const item = createLoad(
    () => params.item ?? null,
    (id, signal) => api.ask<QuarantineItem>(`/api/desk/quarantine/${id}`, { signal }),
  );
  const shown = () => (item.value()?.id === params.item ? item.value() : null);
  const hrefOf = (id: string) => `/quarantine/${id}${location.search}`;

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
  const release = (one: QuarantineItem) =>
    attempt(async () => {
      await api.ask(`/api/desk/quarantine/${one.id}/release`, { method: 'POST' });
      toast(t('desk.released', { what: whatOf(one) }));
      await Promise.all([list.reload(), item.reload()]);
    });
  const download = (one: QuarantineItem) =>
    attempt(async () => saveFile(await api.file(`/api/desk/quarantine/${one.id}/download`)));

  const nothing = () => list.value()?.items.length === 0;
  return (
    <>
      <DeskBar title={t('desk.quarantine')}>
        <For each={views}>
          {(view) => (
            <button
              type="button"
              class="fchip"
              classList={{ on: state() === view }}
              aria-pressed={state() === view}
              onClick={() => {
                setGiven({ state: view === 'open' ? null : view });
                navigate(`/quarantine${location.search}`, { replace: true });
              }}
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
                </ul>
              )}
            </Show>
          </aside>
        </Show>
        <Show when={params.item !== undefined} fallback={<Beside nothing={nothing()} />}>
          <section class="visit" aria-label={t('desk.quarantineItem')}>
            <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
            <Switch fallback={<Loading />}>
              <Match when={shown()}>
                {(one) => (
                  <>
                    <ItemView item={one()} />
                    <footer class="vact">
                      <Show when={one().state === 'open' && may('quarantine.release')}>
                        <DeskButton kind="main" icon="rotate-ccw" busy={busy()} onClick={() => void release(one())}>
                          {t('desk.release')}
                        </DeskButton>
                      </Show>
                      <DeskButton icon="download" onClick={() => void download(one())}>
                        {t('desk.downloadRaw')}
                      </DeskButton>
                    </footer>
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

const whatOf = (item: QuarantineItem): string =>
  [item.subject_label, inWords(item.form_title)].filter(Boolean).join(' · ') || t('desk.unreadableItem');

function Beside(props: { nothing: boolean }): JSX.Element {
  return (
    <Show when={props.nothing} fallback={<p class="pickone muted">{t('desk.pickOne')}</p>}>
      <Empty title={t('desk.quarantineEmpty')}>{t('desk.quarantineEmptyNext')}</Empty>
    </Show>
  );
}

function ItemRow(props: { item: QuarantineItem; open: boolean; href: string }): JSX.Element {
  return (
    <li class="qrow noticks" classList={{ on: props.open }}>
      <A class="qlink" href={props.href} aria-current={props.open ? 'true' : undefined}>
        <span class="top">{whatOf(props.item)}</span>
        <span class="when">{formatNear(dayOf(props.item.received_at, zone()), dayOf(new Date(), zone()))}</span>
        <span class="sub">
          {props.item.user_name ?? t('desk.unknownSender')}
          <Show when={inWords(props.item.team_name)}>
            {(team) => (
              <>
                <Dot />
                {team()}
              </>
            )}
          </Show>
        </span>
        <span class="flags">
          <span class="flag">{props.item.title}</span>
        </span>
      </A>
    </li>
  );
}

function ItemView(props: { item: QuarantineItem }): JSX.Element {
  const received = () =>
    `${formatNear(dayOf(props.item.received_at, zone()), dayOf(new Date(), zone()))} ${formatTime(props.item.received_at, zone())}`;
  return (
    <>
      <header class="vhead">
        <div class="line1">
          <A class="vback" href={`/quarantine${location.search}`}>
            <Icon name="chevron-left" label={t('ui.back')} />
          </A>
          <h2>{whatOf(props.item)}</h2>
          <Show when={props.item.state === 'released'}>
            <Chip state="passed">{t('desk.quarantine_released')}</Chip>
          </Show>
        </div>
        <ul class="line2">
          <li>
            <Icon name="user" label={t('desk.volunteer')} />
            {props.item.user_name ?? t('desk.unknownSender')}
          </li>
          <li>
            <Icon name="mail-check" />
            {received()}
          </li>
        </ul>
      </header>
      <div class="vbody one">
        <div class="side">
          <div class="why">
            <Icon name="circle-alert" />
            <div>
              <b class="ret">{props.item.title}</b>
              <p>{props.item.next}</p>
            </div>
          </div>
          <section class="panel">
            <dl class="qa">
              <div class="row">
                <dt>{t('desk.q_what')}</dt>
                <dd>{whatOf(props.item)}</dd>
              </div>
              <div class="row">
                <dt>{t('desk.team')}</dt>
                <dd>{inWords(props.item.team_name) || t('desk.notKnown')}</dd>
              </div>
              <div class="row">
                <dt>{t('desk.q_code')}</dt>
                <dd>
                  <code>{props.item.code}</code>
                </dd>
              </div>
              <div class="row">
                <dt>{t('desk.q_size')}</dt>
                <dd>{formatBytes(props.item.bytes)}</dd>
              </div>
            </dl>
          </section>
          <p class="cap">{t('desk.quarantineKept')}</p>
        </div>
      </div>
    </>
  );
}
