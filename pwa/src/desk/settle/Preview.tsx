/** How the visit reads when it is put together: its records, one at a time, in the phone's renderer. */
import { createResource, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import { FormPages, FormProblem } from '../../forms';
import { inWords, t } from '../../i18n';
import { Icon, Loading } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ProblemNote } from '../parts/ProblemNote';
import { formFile } from '../session/form-file';
import { me } from '../session/session';
import { type MergedForm, type MergedRecord, openMerged } from './opening';

export interface PreviewProps {
  records: readonly MergedRecord[];
  forms: readonly MergedForm[];
  problem: ApiProblem | null;
  at: number;
  /** it was left to the renderer, and this record asks for something */
  again: boolean;
  xform: (record: string) => Promise<string>;
  onAt: (at: number) => void;
  onReload: () => void;
  onFinish: (record: string, source: string, xml: string) => Promise<void>;
}

export function Preview(props: PreviewProps): JSX.Element {
  /** The same text again is the same record: what was filled in stays. */
  const shown = () => props.records[Math.min(props.at, props.records.length - 1)];
  const key = () => {
    const record = shown();
    return record === undefined ? null : JSON.stringify(record);
  };
  const title = () => inWords(props.forms.find(({ record }) => record === shown()?.record)?.title);
  return (
    <section class="settleform mendform" aria-label={t('settle.preview')}>
      <header class="settlehead">
        <h3>{t('settle.preview')}</h3>
        <Show when={props.records.length > 1}>
          <div class="line1">
            <span class="cap">
              {title()} {t('settle.recordOf', { n: props.at + 1, of: props.records.length })}
            </span>
            <span class="grow" />
            <DeskButton small icon="chevron-left" onClick={() => props.onAt(Math.max(0, props.at - 1))}>
              {t('settle.before')}
            </DeskButton>
            <DeskButton
              small
              icon="chevron-right"
              onClick={() => props.onAt(Math.min(props.records.length - 1, props.at + 1))}
            >
              {t('settle.next')}
            </DeskButton>
          </div>
        </Show>
        <p class="cap">{t('settle.previewNote')}</p>
        <Show when={props.again}>
          <p class="trouble" role="alert">
            <Icon name="circle-alert" />
            {t('settle.lookAgain')}
          </p>
        </Show>
      </header>
      <Switch fallback={<Loading />}>
        <Match when={props.problem}>
          {(problem) => <ProblemNote problem={problem()} onAgain={() => props.onReload()} />}
        </Match>
        <Match when={key()} keyed>
          {(record) => <OneRecord record={JSON.parse(record) as MergedRecord} {...props} />}
        </Match>
      </Switch>
    </section>
  );
}

function OneRecord(props: PreviewProps & { record: MergedRecord }): JSX.Element {
  const [opened] = createResource(async () =>
    openMerged(props.record, {
      xform: await props.xform(props.record.record),
      user: me().user.name,
      files: formFile,
    }),
  );
  onCleanup(() => opened.state === 'ready' && opened().dispose());
  const trouble = () => {
    const thrown: unknown = opened.error;
    return thrown instanceof FormProblem ? thrown.words : `${asProblem(thrown).title} ${asProblem(thrown).next}`;
  };
  return (
    <Switch fallback={<Loading />}>
      <Match when={opened.error !== undefined}>
        <p class="trouble" role="alert">
          <Icon name="circle-alert" />
          {trouble()}
        </p>
      </Match>
      <Match when={opened.state === 'ready' && opened()}>
        {(filling) => (
          <FormPages
            inPage
            mode="one-page"
            filling={filling()}
            finishWords={t('settle.done')}
            onFinish={({ xml }) => props.onFinish(props.record.record, props.record.xml, xml)}
          />
        )}
      </Match>
    </Switch>
  );
}
