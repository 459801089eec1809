/** The county's forms by programme, each with its published versions; from here a workbook is handed in. */
import '../../i18n/areas/publish';
import '../desk-forms.css';
import { A } from '@solidjs/router';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { FormLine, FormVersion } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Empty, Icon, Loading } from '../../ui';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { saveFile } from '../parts/save';
import { api } from '../session/session';
import { DeskBar } from '../Shell';
import { byProgramme } from './by-programme';
import { FormRow } from './FormRow';

export function FormsPage(): JSX.Element {
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const forms = createLoad(
    () => 'forms',
    (_key, signal) => api.ask<{ items: FormLine[] }>('/api/desk/forms', { signal }),
  );
  const groups = createMemo(() => byProgramme(forms.value()?.items ?? []));
  async function fetch({ sha256 }: FormVersion): Promise<void> {
    setProblem(null);
    try {
      saveFile(await api.file(`/api/desk/forms/${sha256}/workbook`));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }
  return (
    <>
      <DeskBar title={t('desk.formsPage')}>
        <A class="dbtn main" href="/forms/new">
          <Icon name="upload" />
          {t('publish.newOne')}
        </A>
      </DeskBar>
      <main class="formspage">
        <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
        <Show when={forms.problem()}>
          {(now) => <ProblemNote problem={now()} onAgain={() => void forms.reload()} />}
        </Show>
        <Show when={forms.value()} fallback={<Loading />}>
          <For each={groups()} fallback={<Empty title={t('publish.none')}>{t('publish.noneNext')}</Empty>}>
            {(group) => (
              <section aria-label={inWords(group.programme) || t('publish.everyTeam')}>
                <h2>{inWords(group.programme) || t('publish.everyTeam')}</h2>
                <ul class="jobs">
                  <For each={group.forms}>{(form) => <FormRow form={form} onFetch={(each) => void fetch(each)} />}</For>
                </ul>
              </section>
            )}
          </For>
        </Show>
      </main>
    </>
  );
}
