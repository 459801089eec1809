/**
 * One visit that was recorded: where its words and each photo are, what the county asks, the talk with the reviewer, and
 * what she may still do herself: mend what was asked, change it, take it back.
 */
import { createSignal, For, type JSX, onMount, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Card, Chip, Dot, Icon, Sheet, type State, TextArea } from '../../ui';
import { type FileLine, FileRow, WrittenRow } from '../parts/FileRow';
import { Screen } from '../parts/Screen';
import '../parts/visits.css';

export interface NoteLine {
  readonly id: string;
  readonly who: string;
  readonly mine: boolean;
  readonly when: string;
  readonly text: string;
  readonly state: 'waiting' | 'received' | 'refused';
}

export interface AskedBack {
  readonly by: string;
  readonly count: number;
  readonly day: string | null;
  readonly words: string | null;
  /** she has begun to mend it */
  readonly begun: boolean;
}

export interface SentVisitView {
  readonly name: string;
  readonly form: string;
  readonly when: string;
  readonly chip: State;
  readonly reason: string;
  /** of the county, when it could not take what she did */
  readonly problem: string | null;
  readonly files: readonly FileLine[];
  /** 照片 2 张：1 张县里已收到… ; null: there are none */
  readonly filesLine: string | null;
  readonly asked: AskedBack | null;
  readonly changeable: boolean;
  /** she has begun to change it */
  readonly changing: boolean;
  readonly restorable: boolean;
  readonly talk: readonly NoteLine[];
  readonly trouble: string | null;
}

export interface SentVisitProps {
  view: SentVisitView;
  onBack: () => void;
  onMend: () => void;
  onChange: () => void;
  onWithdraw: (reason: string | null) => void;
  onRestore: () => void;
  /** true once it is on the disk */
  onNote: (text: string) => Promise<boolean>;
  onShow: (file: FileLine) => void;
}

export function SentVisit(props: SentVisitProps): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <Screen
      title={props.view.name}
      sub={
        <>
          {props.view.form}
          <Dot />
          {props.view.when}
        </>
      }
      onBack={props.onBack}
      dock={
        <Show when={props.view.asked}>
          {(asked) => (
            <footer class="dock action">
              <Button kind="main" icon="pencil-line" onClick={() => props.onMend()}>
                {asked().begun ? t('visits.mendGoOn') : t('visits.mend')}
              </Button>
            </footer>
          )}
        </Show>
      }
    >
      <Show when={props.view.asked}>{(asked) => <AskedCard asked={asked()} />}</Show>
      <Show when={props.view.trouble}>
        {(words) => (
          <p class="sorry-line" role="alert">
            <Icon name="circle-alert" size="sm" />
            {words()}
          </p>
        )}
      </Show>
      <Card>
        <WrittenRow title={t('visits.text')} words={props.view.reason} state={props.view.chip} />
        <For each={props.view.files}>{(file) => <FileRow file={file} onShow={() => props.onShow(file)} />}</For>
      </Card>
      <Show when={props.view.filesLine}>{(words) => <p class="cap pad4">{words()}</p>}</Show>
      <Show when={props.view.problem}>{(words) => <p class="cap pad4">{words()}</p>}</Show>
      <Talk notes={props.view.talk} onNote={props.onNote} />
      <Show when={props.view.restorable}>
        <Card class="pad stack">
          <p>{t('visits.withdrawnText')}</p>
          <Button icon="rotate-ccw" onClick={() => props.onRestore()}>
            {t('visits.restore')}
          </Button>
        </Card>
      </Show>
      <Show when={props.view.changeable}>
        <Card class="pad stack">
          <p class="cap">{t('visits.changeNote')}</p>
          <div class="pair-line">
            <Button icon="pencil-line" onClick={() => props.onChange()}>
              {props.view.changing ? t('field.goOn') : t('visits.change')}
            </Button>
            <Button icon="undo-2" onClick={() => setAsking(true)}>
              {t('visits.withdraw')}
            </Button>
          </div>
        </Card>
      </Show>
      <Show when={asking()}>
        <WithdrawSheet
          onClose={() => setAsking(false)}
          onWithdraw={(reason) => {
            setAsking(false);
            props.onWithdraw(reason);
          }}
        />
      </Show>
    </Screen>
  );
}

function AskedCard(props: { asked: AskedBack }): JSX.Element {
  const by = () => props.asked.by;
  return (
    <section class="asked-back">
      <p>
        <Chip state="returned" />
      </p>
      <p class="lead">
        {props.asked.count === 0
          ? t('field.returnedBy', { by: by() })
          : t('visits.askedBy', { by: by(), n: props.asked.count })}
        <Show when={props.asked.day}>{(day) => <>{t('visits.askedByDay', { day: day() })}</>}</Show>
      </p>
      <Show when={props.asked.words}>{(words) => <blockquote>{words()}</blockquote>}</Show>
    </section>
  );
}

function Talk(props: { notes: readonly NoteLine[]; onNote: (text: string) => Promise<boolean> }): JSX.Element {
  const [text, setText] = createSignal('');
  const [missing, setMissing] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const send = async (): Promise<void> => {
    const said = text().trim();
    setMissing(said === '');
    if (said === '' || busy()) return;
    setBusy(true);
    if (await props.onNote(said)) setText('');
    setBusy(false);
  };
  return (
    <>
      <div class="group">
        <h2>{t('visits.talk')}</h2>
      </div>
      <Card class="pad stack">
        <Show when={props.notes.length > 0} fallback={<p class="cap">{t('visits.talkNone')}</p>}>
          <ul class="talk">
            <For each={props.notes}>
              {(note) => (
                <li classList={{ mine: note.mine }}>
                  <p class="cap">
                    {note.mine ? t('visits.talkMine') : note.who}
                    <Dot />
                    {note.when}
                    <Show when={note.state !== 'received'}>
                      <Dot />
                      {note.state === 'waiting' ? t('ui.waiting') : t('visits.talkRefused')}
                    </Show>
                  </p>
                  <p class="said">{note.text}</p>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <TextArea
          label={t('visits.talkWrite')}
          rows={2}
          value={text()}
          error={missing() ? t('visits.talkMissing') : undefined}
          onInput={(next) => {
            setMissing(false);
            setText(next);
          }}
        />
        <Button icon="send" busy={busy()} onClick={() => void send()}>
          {t('visits.talkSend')}
        </Button>
      </Card>
    </>
  );
}

function WithdrawSheet(props: { onClose: () => void; onWithdraw: (reason: string | null) => void }): JSX.Element {
  const [reason, setReason] = createSignal('');
  let words!: HTMLParagraphElement;
  onMount(() => words.focus()); // the reason may be left out: no keyboard pops up for it
  return (
    <Sheet
      title={t('visits.withdrawAsk')}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button onClick={() => props.onClose()}>{t('visits.withdrawNo')}</Button>
          <Button kind="main" onClick={() => props.onWithdraw(reason().trim() === '' ? null : reason().trim())}>
            {t('visits.withdrawYes')}
          </Button>
        </>
      }
    >
      <p ref={words} class="title-focus" tabindex={-1}>
        {t('visits.withdrawText')}
      </p>
      <TextArea label={t('visits.withdrawReason')} rows={2} maxlength={500} value={reason()} onInput={setReason} />
    </Sheet>
  );
}
