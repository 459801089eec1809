/** The answers by their labels, in the order of the form, its groups as headings. Sensitive ones carry a lock; a photo or recording stands where it was taken. */
import { For, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js';
import type { AnswerRow, RecordView } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Icon } from '../../ui';
import { lineOf } from './lines';
import { recordWords } from './record-words';
import { Attached } from '../photos/Attached';

const Sketched = lazy(() => import('./sketched'));

/** What somebody said; what the form worked out by itself is folded away below. */
const said = (record: RecordView): AnswerRow[] => record.answers.filter((answer) => !answer.calculated);
const counted = (record: RecordView): AnswerRow[] => record.answers.filter((answer) => answer.calculated);

export function Answers(props: { records: readonly RecordView[] }): JSX.Element {
  return (
    <For each={props.records}>
      {(record) => (
        <section class="panel" aria-label={recordWords(record)}>
          <h3>
            {recordWords(record)} <span class="ver">{t('desk.formVersion', { version: record.version })}</span>
          </h3>
          <dl class="qa">
            <For each={said(record)}>
              {(answer, index) => <AnswerLine answer={answer} before={said(record)[index() - 1]} />}
            </For>
          </dl>
          <Show when={counted(record).length > 0}>
            <details class="calculated">
              <summary>{t('desk.calculated', { n: counted(record).length })}</summary>
              <dl class="qa">
                <For each={counted(record)}>{(answer) => <AnswerLine answer={answer} before={answer} />}</For>
              </dl>
            </details>
          </Show>
        </section>
      )}
    </For>
  );
}

function AnswerLine(props: { answer: AnswerRow; before: AnswerRow | undefined }): JSX.Element {
  const group = () => inWords(props.answer.group);
  const value = () => inWords(props.answer.value_text);
  return (
    <>
      <Show when={group() !== '' && group() !== inWords(props.before?.group)}>
        <div class="gr">
          <dt class="sec">{group()}</dt>
        </div>
      </Show>
      <div class="row">
        <dt>{inWords(props.answer.label) || props.answer.path}</dt>
        <dd>
          <Show when={props.answer.class === 'sensitive'}>
            <Icon name="lock" size="sm" label={t('desk.sensitive')} />
          </Show>
          <Switch fallback={<span class="muted">{t('desk.notAnswered')}</span>}>
            <Match when={props.answer.attachment}>
              {(attachment) => <Attached attachment={attachment()} label={inWords(props.answer.label)} />}
            </Match>
            <Match when={lineOf(props.answer.raw)}>
              {(line) => (
                <>
                  {value()}
                  <Suspense>
                    <Sketched line={line()} what={value()} />
                  </Suspense>
                </>
              )}
            </Match>
            <Match when={value() !== ''}>{value()}</Match>
          </Switch>
        </dd>
      </div>
    </>
  );
}
