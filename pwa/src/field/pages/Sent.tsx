/** What she recorded and where it is: half-done first, then newest first, each with its state and the reason. */
import '../parts/sent.css';
import { createSignal, For, Index, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Card, Chip, Dot, Empty, Icon, Sheet, type State } from '../../ui';
import { Screen } from '../parts/Screen';

export interface SentLine {
  readonly visit: string;
  readonly name: string;
  readonly form: string;
  readonly when: string;
  readonly chip: State;
  readonly reason: string;
  /** its photos and recordings, in one line; null: none */
  readonly files?: string | null;
  /** how far a draft is */
  readonly stands?: string | null;
  /** the page of one visit; a draft has none, it is gone on with */
  readonly href?: string;
}

export interface SentView {
  readonly drafts: readonly SentLine[];
  /** thrown away, and to be had back for a week */
  readonly discarded: readonly SentLine[];
  readonly days: readonly { readonly day: string; readonly title: string; readonly lines: readonly SentLine[] }[];
  /** when the county was last reached, in words; null: never */
  readonly heard: string | null;
  /** how much waits for a signal */
  readonly bytes: string | null;
  /** what this phone has sent today */
  readonly today: string | null;
  readonly busy: boolean;
  /** why it is not sent just now, and when it goes on */
  readonly trouble: string | null;
}

export interface SentProps {
  view: SentView;
  onBack: () => void;
  onSend: () => void;
  onGoOn: (visit: string) => void;
  onDiscard: (visit: string) => void;
  onHaveBack: (visit: string) => void;
}

export function Sent(props: SentProps): JSX.Element {
  const [asking, setAsking] = createSignal<SentLine | null>(null);
  return (
    <Screen title={t('field.sentTitle')} onBack={props.onBack}>
      <Card class="pad line-card">
        <p class="fact">
          <Icon name="wifi" />
          <span>
            {props.view.heard === null ? t('field.neverHeard') : t('field.heardAt', { when: props.view.heard })}
            <Show when={props.view.bytes}>
              {(bytes) => (
                <>
                  <br />
                  {t('field.bytesWaiting', { bytes: bytes() })}
                </>
              )}
            </Show>
            <Show when={props.view.today}>
              {(bytes) => (
                <>
                  <br />
                  {t('visits.todayBytes', { bytes: bytes() })}
                </>
              )}
            </Show>
          </span>
        </p>
        <Show when={props.view.trouble}>
          <p class="cap" role="status">
            {props.view.trouble}
          </p>
        </Show>
        <Button small icon="send" busy={props.view.busy} onClick={() => props.onSend()}>
          {props.view.busy ? t('field.sendingNow') : t('field.sendNow')}
        </Button>
      </Card>
      <Show when={props.view.drafts.length + props.view.days.length === 0}>
        <Empty title={t('field.sentEmpty')}>{t('field.sentEmptyText')}</Empty>
      </Show>
      <Show when={props.view.drafts.length > 0}>
        <Lines title={t('field.sentDrafts')} lines={props.view.drafts}>
          {(line) => (
            <div class="acts">
              <Button small onClick={() => setAsking(line)}>
                {t('field.discard')}
              </Button>
              <Button kind="main" small onClick={() => props.onGoOn(line.visit)}>
                {t('field.goOn')}
              </Button>
            </div>
          )}
        </Lines>
      </Show>
      <Show when={props.view.discarded.length > 0}>
        <Lines title={t('field.sentDiscarded')} lines={props.view.discarded}>
          {(line) => (
            <div class="acts">
              <Button small icon="rotate-ccw" onClick={() => props.onHaveBack(line.visit)}>
                {t('field.haveBack')}
              </Button>
            </div>
          )}
        </Lines>
      </Show>
      <Index each={props.view.days}>{(day) => <Lines title={day().title} lines={day().lines} />}</Index>
      <Show when={asking()}>
        {(line) => (
          <Sheet
            title={t('field.discardAsk')}
            note={
              <>
                {line().name}
                <Dot />
                {line().form}
              </>
            }
            onClose={() => setAsking(null)}
            foot={
              <>
                <Button onClick={() => setAsking(null)}>{t('field.discardNo')}</Button>
                <Button
                  kind="main"
                  onClick={() => {
                    const { visit } = line();
                    setAsking(null);
                    props.onDiscard(visit);
                  }}
                >
                  {t('field.discardYes')}
                </Button>
              </>
            }
          >
            <p>{t('field.discardText')}</p>
          </Sheet>
        )}
      </Show>
    </Screen>
  );
}

interface LinesProps {
  title: string;
  lines: readonly SentLine[];
  /** what can be done with one */
  children?: (line: SentLine) => JSX.Element;
}

function Lines(props: LinesProps): JSX.Element {
  return (
    <>
      <div class="group">
        <h2>{props.title}</h2>
      </div>
      <ul class="list">
        <For each={props.lines}>{(line) => <SentRow line={line}>{props.children?.(line)}</SentRow>}</For>
      </ul>
    </>
  );
}

function SentRow(props: { line: SentLine; children?: JSX.Element }): JSX.Element {
  return (
    <li class="sent-row">
      <div class="top">
        <p class="name">
          <Show when={props.line.href} fallback={props.line.name}>
            {(href) => <a href={href()}>{props.line.name}</a>}
          </Show>
          <small>
            {props.line.form}
            <Dot />
            {props.line.when}
          </small>
        </p>
        <Chip state={props.line.chip} />
      </div>
      <p class={props.line.chip === 'returned' ? 'words' : 'cap'}>{props.line.reason}</p>
      <Show when={props.line.stands}>{(stands) => <p class="cap">{stands()}</p>}</Show>
      <Show when={props.line.files}>{(files) => <p class="cap">{files()}</p>}</Show>
      {props.children}
    </li>
  );
}
