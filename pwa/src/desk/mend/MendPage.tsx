/**
 * Mends what could not be taken: each record in the phone's renderer, beside it why it was refused. The author stays the
 * volunteer; the reason is asked for once, because taking it in cannot be undone.
 */
import '../../i18n/areas/forms';
import '../desk-mend.css';
import { useNavigate, useParams } from '@solidjs/router';
import { createResource, createSignal, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { asProblem } from '../../api/problem';
import type { Mendable, QuarantineDetail } from '../../api/types';
import { FormPages, FormProblem } from '../../forms';
import { t } from '../../i18n';
import { Icon, Loading, toast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { ReasonDialog } from '../parts/ReasonDialog';
import { whatOf } from '../quarantine/Item';
import { stillStuck } from '../quarantine/still-stuck';
import { formFile } from '../session/form-file';
import { api, me } from '../session/session';
import { DeskBar } from '../Shell';
import { Beside } from './Beside';
import { openRecord } from './opening';

interface Mended {
  record: string;
  xml: string;
  list_rows: unknown;
}

export default function MendPage(): JSX.Element {
  const params = useParams<{ item: string }>();
  const navigate = useNavigate();
  const path = () => `/api/desk/quarantine/${params.item}`;
  const item = createLoad(path, (at, signal) => api.ask<QuarantineDetail>(at, { signal }));
  const record = createLoad(path, (at, signal) => api.ask<Mendable>(`${at}/record`, { signal }));
  const [at, setAt] = createSignal(0);
  const [mended, setMended] = createSignal<readonly Mended[]>([]);
  const [asking, ask] = createSignal(false);
  const problem = () => item.problem() ?? record.problem();
  const leave = () => navigate(`/quarantine/${params.item}`);

  const forms = () => record.value()?.forms ?? [];
  function keep(done: Mended): void {
    setMended([...mended().filter((each) => each.record !== done.record), done]);
    if (at() + 1 < forms().length) setAt(at() + 1);
    else ask(true);
  }
  async function send(reason: string): Promise<void> {
    const body = { records: mended(), reason };
    await api.ask(`${path()}/mend`, { method: 'POST', body }).catch(stillStuck);
    const found = item.value();
    toast(t('desk.released', { what: found === null ? '' : whatOf(found) }));
    navigate('/quarantine', { replace: true });
  }

  return (
    <>
      <DeskBar title={t('desk.mendTitle')} folded />
      <main class="mend">
        <Switch fallback={<Loading />}>
          <Match when={problem()}>
            {(now) => (
              <div class="mendno">
                <ProblemNote problem={now()} onAgain={() => void Promise.all([item.reload(), record.reload()])} />
                <DeskButton icon="arrow-left" onClick={leave}>
                  {t('desk.backToItem')}
                </DeskButton>
              </div>
            )}
          </Match>
          <Match when={item.value() !== null && record.value()}>
            {(mendable) => (
              <>
                <section class="mendform" aria-label={t('desk.mendTitle')}>
                  <header class="vhead">
                    <div class="line1">
                      <h2 tabindex="-1">{whatOf(item.value()!)}</h2>
                      <Show when={forms().length > 1}>
                        <span class="cap">{t('desk.recordOf', { n: at() + 1, of: forms().length })}</span>
                      </Show>
                      <span class="grow" />
                      <DeskButton small onClick={leave}>
                        {t('desk.leaveMend')}
                      </DeskButton>
                    </div>
                  </header>
                  <Show when={forms()[at()]} keyed>
                    {(form) => (
                      <RecordForm
                        item={item.value()!}
                        mendable={mendable()}
                        at={at()}
                        last={at() + 1 === forms().length}
                        onDone={(done) => keep({ record: form.record, ...done })}
                      />
                    )}
                  </Show>
                </section>
                <Beside item={item.value()!} mendable={mendable()} record={forms()[at()]?.record} />
              </>
            )}
          </Match>
        </Switch>
        <Show when={asking()}>
          <ReasonDialog
            title={t('desk.mendAsk')}
            note={t('desk.mendAskNote', { who: item.value()?.user_name ?? t('desk.volunteer') })}
            label={t('desk.mendWhy')}
            missing={t('desk.mendWhyMissing')}
            words={t('desk.mendIt')}
            onSend={send}
            onClose={() => ask(false)}
          />
        </Show>
      </main>
    </>
  );
}

interface RecordFormProps {
  item: QuarantineDetail;
  mendable: Mendable;
  at: number;
  last: boolean;
  onDone: (done: { xml: string; list_rows: unknown }) => void;
}

function RecordForm(props: RecordFormProps): JSX.Element {
  const [opening] = createResource(async () => {
    const form = props.mendable.forms[props.at]!;
    const broken = props.mendable.body.records.find((each) => each.record === form.record)!;
    const { subject } = props.mendable.body;
    const label = props.item.subject_label;
    const { blob } = await api.file(`/api/forms/${form.sha256}`);
    return openRecord({
      record: broken,
      form,
      xform: await blob.text(),
      person: subject && label !== null ? { ...subject, label } : null,
      user: me().user.name,
      files: formFile,
      readable: props.item.code !== 'xml_unreadable',
    });
  });
  onCleanup(() => opening.state === 'ready' && opening().filling.dispose());
  const trouble = () => {
    const thrown: unknown = opening.error;
    return thrown instanceof FormProblem ? thrown.words : `${asProblem(thrown).title} ${asProblem(thrown).next}`;
  };
  return (
    <Switch fallback={<Loading />}>
      <Match when={opening.error !== undefined}>
        <p class="trouble" role="alert">
          <Icon name="circle-alert" />
          {trouble()}
        </p>
      </Match>
      <Match when={opening.state === 'ready' && opening()}>
        {(opened) => (
          <>
            <Show when={opened().anew}>
              <p class="trouble">
                <Icon name="info" />
                {t('desk.mendAnew')}
              </p>
            </Show>
            <FormPages
              inPage
              mode="one-page"
              filling={opened().filling}
              finishWords={props.last ? t('desk.mendDone') : t('desk.mendNext')}
              onFinish={({ xml, listRows }) => props.onDone({ xml, list_rows: listRows })}
            />
          </>
        )}
      </Match>
    </Switch>
  );
}
