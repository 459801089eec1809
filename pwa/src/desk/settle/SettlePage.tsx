/**
 * Settles what versions say differently: at the left field by field what there is to choose, at the right how it reads
 * when it is put together, in the phone's renderer. What the renderer writes becomes the settled version.
 */
import '../../i18n/areas/forms';
import '../../i18n/areas/settle';
import '../desk-mend.css';
import '../desk-settle.css';
import { useLocation, useNavigate, useParams } from '@solidjs/router';
import { createMemo, createSignal, type JSX, Match, Show, Switch, untrack } from 'solid-js';
import type { Settlement, Versions, VisitDetail, Woven } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Dot, Icon, Loading, toast } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { ReasonDialog } from '../parts/ReasonDialog';
import { type Evidence, EvidenceProvider } from '../photos/evidence';
import { createFiles } from '../photos/files';
import { whomOf } from '../review/queue';
import { formFile } from '../session/form-file';
import { api, me } from '../session/session';
import { DeskBar } from '../Shell';
import { type Chosen, choicesOf, undecided } from './choosing';
import { Fields, VersionList } from './Fields';
import { rewritten } from './opening';
import { Preview } from './Preview';

export default function SettlePage(): JSX.Element {
  const params = useParams<{ visit: string }>();
  const navigate = useNavigate();
  const here = useLocation();
  const path = () => `/api/desk/visits/${params.visit}`;
  const detail = createLoad(path, (at, signal) => api.ask<VisitDetail>(at, { signal }));
  const versions = createLoad(path, (at, signal) => api.ask<Versions>(`${at}/versions`, { signal }));
  const problem = () => detail.problem() ?? versions.problem();
  const leave = () => navigate(`/review/${params.visit}${here.search}`, { replace: true });
  return (
    <>
      <DeskBar title={t('settle.title')} folded />
      <main class="settle">
        <Switch fallback={<Loading />}>
          <Match when={problem()}>
            {(now) => (
              <div class="mendno">
                <ProblemNote problem={now()} onAgain={() => void Promise.all([detail.reload(), versions.reload()])} />
                <DeskButton icon="arrow-left" onClick={leave}>
                  {t('settle.leave')}
                </DeskButton>
              </div>
            )}
          </Match>
          <Match when={detail.value() !== null && versions.value()}>
            {(found) => <Settling detail={detail.value()!} versions={found()} onLeave={leave} />}
          </Match>
        </Switch>
      </main>
    </>
  );
}

interface SettlingProps {
  detail: VisitDetail;
  versions: Versions;
  onLeave: () => void;
}

function Settling(props: SettlingProps): JSX.Element {
  const visit = () => props.detail.visit;
  const [chosen, setChosen] = createSignal<Chosen>({});
  const [tried, setTried] = createSignal(false);
  const [asking, ask] = createSignal(false);
  const [at, setAt] = createSignal(0);
  const [again, setAgain] = createSignal(false);
  /** Records that the renderer has written anew, by what they were woven as. */
  const written = new Map<string, string>();

  const disputes = createMemo(() => props.versions.fields.filter((field) => field.conflict));
  const taken = createMemo(() => props.versions.fields.filter((field) => !field.conflict));
  const choices = createMemo(() => JSON.stringify(choicesOf(props.versions.fields, chosen())));
  const woven = createLoad(choices, (key, signal) =>
    api.ask<Woven>(`/api/desk/visits/${visit().visit}/versions/preview`, {
      method: 'POST',
      body: { choices: JSON.parse(key) as unknown },
      signal,
    }),
  );
  const records = () => woven.value()?.body.records ?? [];
  const xform = async (record: string) => {
    const form = props.versions.forms.find((each) => each.record === record)!;
    return (await api.file(`/api/forms/${form.sha256}`)).blob.text();
  };
  const evidence: Evidence = {
    base: `/api/visits/${untrack(() => props.detail.visit.visit)}`,
    files: createFiles(async (from, signal) => (await api.file(from, { signal })).blob),
    show: () => undefined,
    fetch: () => undefined,
  };

  /** Goes to what is left to choose, then to a record that asks for something, then on to the end. */
  async function settle(record: string, source: string, xml: string): Promise<void> {
    setTried(true);
    written.set(record + source, xml);
    const left = undecided(props.versions.fields, chosen())[0];
    if (left !== undefined) {
      document.querySelector<HTMLElement>(`[data-field="${CSS.escape(left.field)}"] input`)?.focus();
      return;
    }
    for (const [index, each] of records().entries()) {
      if (written.has(each.record + each.xml)) continue;
      const finished = await rewritten(each, {
        xform: await xform(each.record),
        user: me().user.name,
        files: formFile,
      });
      if (finished === null) {
        setAgain(true);
        setAt(index);
        return;
      }
      written.set(each.record + each.xml, finished);
    }
    ask(true);
  }

  async function send(reason: string): Promise<void> {
    await api.ask<Settlement>(`/api/visits/${visit().visit}/settlements`, {
      method: 'POST',
      body: {
        revision: props.versions.revision,
        choices: JSON.parse(choices()) as unknown,
        records: records().map(({ record, xml }) => ({ record, xml: written.get(record + xml) })),
        reason: reason === '' ? null : reason,
      },
    });
    toast(t('settle.told'));
    props.onLeave();
  }

  const choose = (field: string, revision: string) => setChosen({ ...chosen(), [field]: revision });
  const left = () => undecided(props.versions.fields, chosen()).length;
  return (
    <EvidenceProvider value={evidence}>
      <section class="settleside" aria-label={t('settle.fields')}>
        <header class="vhead">
          <div class="line1">
            <h2 tabindex="-1">
              {whomOf(visit())}
              <Dot />
              {inWords(visit().form_title)}
            </h2>
            <Show when={left() > 0}>
              <span class="cap">{t('settle.left', { n: left() })}</span>
            </Show>
            <span class="grow" />
            <DeskButton small onClick={props.onLeave}>
              {t('settle.leave')}
            </DeskButton>
          </div>
        </header>
        <div class="settlebody">
          <div class="why">
            <Icon name={disputes().length > 0 ? 'flag' : 'copy'} />
            <p>{disputes().length > 0 ? t('settle.intro', { n: disputes().length }) : t('settle.introMerged')}</p>
          </div>
          <Fields
            fields={disputes()}
            versions={props.versions.versions}
            chosen={chosen()}
            tried={tried()}
            onChoose={choose}
          />
          <Show when={taken().length > 0}>
            <div class="settlepart">
              <h3>{t('settle.taken')}</h3>
              <p class="cap">{t('settle.takenNote')}</p>
            </div>
            <Fields
              fields={taken()}
              versions={props.versions.versions}
              chosen={chosen()}
              tried={false}
              onChoose={choose}
            />
          </Show>
          <section class="panel" aria-label={t('settle.versions')}>
            <h3>{t('settle.versions')}</h3>
            <VersionList versions={props.versions.versions} />
          </section>
        </div>
      </section>
      <Preview
        records={records()}
        forms={props.versions.forms}
        problem={woven.problem()}
        at={at()}
        again={again()}
        xform={xform}
        onAt={(next) => {
          setAgain(false);
          setAt(next);
        }}
        onReload={() => void woven.reload()}
        onFinish={settle}
      />
      <Show when={asking()}>
        <ReasonDialog
          title={t('settle.ask')}
          note={t('settle.askNote')}
          label={t('settle.why')}
          words={t('settle.done')}
          onSend={send}
          onClose={() => ask(false)}
        />
      </Show>
    </EvidenceProvider>
  );
}
