/** After 记好了: it is on the phone, and what happens to it next. Said only when the store has said so. */
import '../parts/sent.css';
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Card, Dot, FieldError, Icon, type State } from '../../ui';
import { type FileLine, FileRow, WrittenRow } from '../parts/FileRow';
import { Screen } from '../parts/Screen';

export interface SavedView {
  /** null: the visit is about nobody */
  readonly name: string | null;
  readonly form: string;
  readonly minutes: number | null;
  readonly state: Extract<State, 'waiting' | 'sending' | 'received' | 'returned' | 'passed' | 'withdrawn'>;
  readonly reason: string;
  /** a new visit; one that a reviewer had asked about; one that she changed herself */
  readonly how: 'new' | 'mended' | 'changed';
  readonly files: readonly FileLine[];
  /** what follows for whom it is about: looked after from now on, or a matter that is done */
  readonly then: Then | null;
  readonly next: { readonly name: string; readonly address: string } | null;
}

export type Then = { at: 'followed'; by: 'me' | 'team' | 'nobody' } | { at: 'done'; changeable: boolean };

export interface SavedProps {
  view: SavedView;
  /** what stood in the way of the last tap */
  trouble: string | null;
  /** the matter is not done after all */
  onSlip: () => void;
  onNext: () => void;
  onToday: () => void;
}

export function Saved(props: SavedProps): JSX.Element {
  return (
    <Screen
      title=""
      onBack={props.onToday}
      class="savedp"
      still
      dock={
        <footer class="dock action">
          <Show when={props.view.next} fallback={<Today main onToday={props.onToday} />}>
            {(next) => (
              <>
                <Button kind="main" class="two-line" onClick={() => props.onNext()}>
                  <span>
                    {t('field.savedNext', { name: next().name })}
                    <small>{next().address}</small>
                  </span>
                  <Icon name="arrow-right" />
                </Button>
                <Today onToday={props.onToday} />
              </>
            )}
          </Show>
        </footer>
      }
    >
      <div class="seal">
        <Icon name="check" />
      </div>
      <div class="mid" role="status">
        <h2 class="display">{titleOf(props.view.how)}</h2>
        <p class="muted">
          <Show when={props.view.name}>
            {(name) => (
              <>
                {name()}
                <Dot />
              </>
            )}
          </Show>
          {props.view.form}
          <Show when={props.view.minutes !== null && props.view.minutes > 0 && props.view.minutes}>
            {(minutes) => (
              <>
                <Dot />
                {t('field.savedMinutes', { n: minutes() })}
              </>
            )}
          </Show>
          <br />
          {t('field.savedText')}
        </p>
      </div>
      <Card>
        <WrittenRow title={t('field.savedLine')} words={props.view.reason} state={props.view.state} />
        <For each={props.view.files}>{(file) => <FileRow file={file} />}</For>
      </Card>
      <Show when={props.view.then}>{(then) => <After then={then()} onSlip={props.onSlip} />}</Show>
      <FieldError words={props.trouble ?? undefined} />
      <p class="fact center">
        <Icon name="smartphone" />
        <span>{t('field.savedSafe')}</span>
      </p>
    </Screen>
  );
}

function After(props: { then: Then; onSlip: () => void }): JSX.Element {
  const words = () => {
    if (props.then.at === 'done') return t('visits.closedSaved');
    if (props.then.by === 'me') return t('visits.nowYours');
    return t(props.then.by === 'team' ? 'visits.nowTheTeams' : 'visits.nowToBeSaid');
  };
  return (
    <>
      <p class="fact center">
        <Icon name={props.then.at === 'done' ? 'circle-check-big' : 'user'} />
        <span>{words()}</span>
      </p>
      <Show when={props.then.at === 'done' && props.then.changeable}>
        <Button onClick={() => props.onSlip()}>{t('visits.closedSlip')}</Button>
      </Show>
    </>
  );
}

function Today(props: { main?: boolean; onToday: () => void }): JSX.Element {
  return (
    <Button kind={props.main ? 'main' : 'bare'} onClick={() => props.onToday()}>
      {t('field.backToToday')}
    </Button>
  );
}

function titleOf(how: SavedView['how']): string {
  switch (how) {
    case 'new':
      return t('field.savedTitle');
    case 'mended':
      return t('visits.savedMended');
    case 'changed':
      return t('visits.savedChanged');
  }
}
