/**
 * From a workbook to a published form: looked over, its findings beside the sheet, tried out, compared with the version
 * in use, published. A mended file takes the place of the one before, and she stays where she was.
 */
import '../../i18n/areas/publish';
import '../desk-forms.css';
import '../desk-forms-sheet.css';
import '../desk-forms-try.css';
import { A } from '@solidjs/router';
import { batch, createEffect, createSignal, type JSX, on, Show } from 'solid-js';
import type { Finding, FormLine, Published } from '../../api/types';
import { formatBytes, t } from '../../i18n';
import { Bar, Dot, Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { ProblemNote } from '../parts/ProblemNote';
import { api } from '../session/session';
import { DeskBar } from '../Shell';
import { Changes } from './Changes';
import { createChecking, type Seen } from './checking';
import { Done } from './Done';
import { ChooseButton, DropGround, FirstDrop } from './Drop';
import { isError, type Spot, spotOf } from './findings';
import { Findings } from './Findings';
import { PublishDialog, whatOf } from './PublishDialog';
import { Sheets } from './Sheets';
import { Tabs } from './Tabs';
import { TryPanel } from './TryPanel';

type View = 'sheet' | 'try' | 'changes';

export default function PublishPage(): JSX.Element {
  const checking = createChecking();
  const forms = createLoad(
    () => 'forms',
    (_key, signal) => api.ask<{ items: FormLine[] }>('/api/desk/forms', { signal }),
  );
  const [published, setPublished] = createSignal<Published | null>(null);
  const known = () => forms.value()?.items.find(({ form }) => form === checking.seen()?.looked.form) ?? null;
  const files = (given: File[]) => void checking.check(given);
  const another = () => {
    setPublished(null);
    checking.clear();
    void forms.reload();
  };
  return (
    <>
      <DeskBar title={t('publish.title')} folded>
        <A class="dbtn bare s" href="/forms">
          <Icon name="arrow-left" />
          {t('publish.back')}
        </A>
      </DeskBar>
      <Show
        when={published()}
        fallback={
          <DropGround class="publish" onFiles={files}>
            <p class="hidden" role="status">
              {checking.busy() ? t('publish.checking') : lookedWords(checking.seen())}
            </p>
            <div class="publish-top">
              <Show when={checking.busy()}>
                <div class="busyline">
                  <Bar done={null} of={0} label={t('publish.checking')} />
                  <p class="cap">{t('publish.checking')}</p>
                </div>
              </Show>
              <Show when={checking.words()}>
                {(words) => (
                  <p class="trouble" role="alert">
                    <Icon name="circle-alert" />
                    {words()}
                  </p>
                )}
              </Show>
              <Show when={checking.problem()}>
                {(now) => <ProblemNote problem={now()} onAgain={() => void checking.again()} />}
              </Show>
            </div>
            <Show when={checking.seen()} fallback={<FirstDrop busy={checking.busy()} onFiles={files} />}>
              {(seen) => (
                <Looked
                  seen={seen()}
                  known={known()}
                  busy={checking.busy()}
                  onFiles={files}
                  onPublish={() => checking.publish()}
                  onDone={setPublished}
                />
              )}
            </Show>
          </DropGround>
        }
      >
        {(done) => (
          <Done what={whatOf(checking.seen()!.looked)} published={done()} known={known()} onAnother={another} />
        )}
      </Show>
    </>
  );
}

interface LookedProps {
  seen: Seen;
  known: FormLine | null;
  busy: boolean;
  onFiles: (files: File[]) => void;
  onPublish: () => Promise<Published>;
  onDone: (published: Published) => void;
}

function Looked(props: LookedProps): JSX.Element {
  let side!: HTMLElement;
  const looked = () => props.seen.looked;
  const errors = () => looked().findings.filter(isError).length;
  const [view, setView] = createSignal<View>('sheet');
  const [spot, setSpot] = createSignal<Spot>({ sheet: '', row: 0, column: 0 });
  const [jump, setJump] = createSignal<object | null>(null);
  const [here, setHere] = createSignal<Finding | null>(null);
  const [asking, ask] = createSignal(false);

  function show(finding: Finding): void {
    const to = spotOf(finding, looked().sheets);
    if (to === null) return;
    batch(() => {
      setView('sheet');
      setSpot(to);
      setHere(finding);
      setJump({});
    });
  }
  const move = (to: Spot) =>
    batch(() => {
      setJump(null);
      setSpot(to);
      setHere(null);
    });

  /** The first file leads to its first fault, or to the phone when it has none; after a mended one she stays where she was. */
  createEffect(
    on(
      () => props.seen,
      (seen, before) => {
        if (before === undefined) {
          const first = seen.looked.findings
            .map((each) => spotOf(each, seen.looked.sheets))
            .find((each) => each !== null);
          setSpot(first ?? { sheet: seen.looked.sheets[0]?.name ?? '', row: 0, column: 0 });
          if (errors() === 0) setView('try');
        }
        setHere(null);
        setJump(null);
        side.querySelector<HTMLElement>('.found-sum')?.focus({ preventScroll: true });
      },
    ),
  );

  /** Nothing is switched off: the button says what is missing, and leads there. */
  const publish = () => {
    const first = looked().findings.find(isError);
    if (looked().publishable) ask(true);
    else if (first !== undefined) show(first);
  };
  const attention = () => (looked().diff?.changes ?? []).filter((each) => each.attention).length;

  return (
    <div class="lookedover">
      <aside ref={side} class="qlist">
        <FileHead seen={props.seen} />
        <div class="qscroll">
          <Findings
            findings={looked().findings}
            sheets={looked().sheets}
            gone={props.seen.gone}
            fresh={props.seen.fresh}
            here={here()}
            onShow={show}
          />
        </div>
      </aside>
      <div class="lookedmain">
        <Tabs<View>
          label={t('publish.tabs')}
          chosen={view()}
          onChoose={setView}
          tabs={[
            {
              value: 'sheet',
              label: t('publish.tabSheet'),
              panel: () => (
                <Sheets sheets={looked().sheets} findings={looked().findings} at={spot()} jump={jump()} onMove={move} />
              ),
            },
            {
              value: 'try',
              label: t('publish.tabTry'),
              panel: () => <TryPanel looked={looked()} media={props.seen.upload.media} />,
            },
            {
              value: 'changes',
              label: (
                <>
                  {t('publish.tabChanges')}
                  <Show when={attention() > 0}>
                    <span class="flag">
                      <Icon name="flag" />
                      {t('publish.nAttention', { n: attention() })}
                    </span>
                  </Show>
                </>
              ),
              panel: () => <Changes diff={looked().diff} readable={looked().xform !== null} />,
            },
          ]}
        />
        <footer class="vact">
          <DeskButton kind="main" icon="send" onClick={publish}>
            {t('publish.publish')}
          </DeskButton>
          <ChooseButton words={t('publish.again')} busy={props.busy} onFiles={(files) => props.onFiles(files)} />
          <Show when={errors() > 0}>
            <p class="left">
              <Icon name="circle-alert" size="sm" />
              {t('publish.notYetPublish', { n: errors() })}
            </p>
          </Show>
        </footer>
      </div>
      <Show when={asking()}>
        <PublishDialog
          looked={looked()}
          known={props.known}
          onPublish={props.onPublish}
          onDone={props.onDone}
          onClose={() => ask(false)}
        />
      </Show>
    </div>
  );
}

function FileHead(props: { seen: Seen }): JSX.Element {
  const { looked, upload } = { looked: () => props.seen.looked, upload: () => props.seen.upload };
  return (
    <header class="filehead" aria-label={t('publish.looked')}>
      <p class="what">
        <b>{whatOf(looked())}</b>
        <Show when={looked().version}>
          {(version) => <span>{t('publish.asVersion', { version: version() })}</span>}
        </Show>
      </p>
      <p class="cap">
        {upload().workbook.name}
        <Dot />
        {formatBytes(upload().workbook.size)}
        <Show when={upload().media.length > 0}>
          <Dot />
          {t('publish.withFiles', { n: upload().media.length })}
        </Show>
      </p>
    </header>
  );
}

function lookedWords(seen: Seen | null): string {
  if (seen === null) return '';
  const errors = seen.looked.findings.filter(isError).length;
  if (errors === 0) return t('publish.lookedClean');
  return t('publish.lookedAgain', { errors, warnings: seen.looked.findings.length - errors });
}
