/** Exports: what is asked for at the left, what was made at the right, with its progress while it is being made. */
import { createEffect, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Asked, ExportJob, Filters } from '../../api/types';
import { t } from '../../i18n';
import { Empty, Loading } from '../../ui';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { saveFile } from '../parts/save';
import { api } from '../session/session';
import { DeskBar } from '../Shell';
import { ExportForm } from './ExportForm';
import { JobRow, runs } from './JobRow';

const WATCH_MS = 1000;

export function ExportsPage(): JSX.Element {
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [busy, setBusy] = createSignal(false);
  const jobs = createLoad(
    () => 'jobs',
    (_key, signal) => api.ask<{ items: ExportJob[] }>('/api/exports', { signal }),
  );
  const choices = createLoad(
    () => 'filters',
    (_key, signal) => api.ask<Filters>('/api/desk/filters', { signal }),
  );
  const items = () => jobs.value()?.items ?? [];

  createEffect(() => {
    if (!items().some(runs)) return;
    const timer = setTimeout(() => void jobs.reload(), WATCH_MS);
    onCleanup(() => clearTimeout(timer));
  });

  async function attempt(what: () => Promise<unknown>): Promise<void> {
    setProblem(null);
    try {
      await what();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }
  async function ask(asked: Asked): Promise<void> {
    if (busy()) return;
    setBusy(true);
    await attempt(() => api.ask('/api/exports', { method: 'POST', body: asked }));
    await jobs.reload();
    setBusy(false);
  }
  const cancel = (job: ExportJob) =>
    attempt(async () => {
      await api.ask(`/api/exports/${job.id}/cancel`, { method: 'POST' });
      await jobs.reload();
    });
  const fetchFile = (job: ExportJob) =>
    attempt(async () => saveFile(await api.file(`/api/exports/${job.id}/file`, { method: 'POST' })));

  return (
    <>
      <DeskBar title={t('desk.exports')} />
      <main class="exports">
        <ExportForm choices={choices.value()} busy={busy()} onAsk={(asked) => void ask(asked)} />
        <section class="made" aria-label={t('desk.madeBefore')}>
          <h2>{t('desk.madeBefore')}</h2>
          <Show when={problem() ?? choices.problem()}>
            {(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}
          </Show>
          <Show when={jobs.problem()}>
            {(now) => <ProblemNote problem={now()} onAgain={() => void jobs.reload()} />}
          </Show>
          <Show when={jobs.value()} fallback={<Loading />}>
            <ul class="jobs">
              <For
                each={items()}
                fallback={
                  <li>
                    <Empty title={t('desk.noExports')}>{t('desk.noExportsNext')}</Empty>
                  </li>
                }
              >
                {(job) => <JobRow job={job} onCancel={() => void cancel(job)} onFetch={() => void fetchFile(job)} />}
              </For>
            </ul>
          </Show>
        </section>
      </main>
    </>
  );
}
