/**
 * 请补一下: the answers to ask about, the words for each, the day by which. Only what is ticked opens on the phone. Closing
 * keeps what was written; what stands in the way of sending is said where it stands.
 */
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { ApiProblem } from '../../api/problem';
import type { VisitDetail } from '../../api/types';
import { dayOf, formatDay, formatWeekday, inWords, t } from '../../i18n';
import { Dot, FieldError, Icon, TextArea } from '../../ui';
import { AskDialog } from '../parts/AskDialog';
import { DeskButton } from '../parts/DeskButton';
import { whomOf } from '../review/queue';
import { recordWords } from '../review/record-words';
import { zone } from '../session/session';
import { AskField } from './AskField';
import { askables, bodyOf, dayOfDraft, type Missing, missingIn, type ReturnBody, type ReturnEditor } from './draft';

export interface ReturnDialogProps {
  detail: VisitDetail;
  editor: ReturnEditor;
  /** rejects with why not; the dialog stays */
  onSend: (body: ReturnBody) => Promise<void>;
  /** a newer version came: to that one, with what was written kept */
  onNewer: () => void;
  onClose: () => void;
}

export function ReturnDialog(props: ReturnDialogProps): JSX.Element {
  const [tried, setTried] = createSignal(false);
  const [daysShown, showDays] = createSignal(false);

  const draft = () => props.editor.draft();
  const fields = () => askables(props.detail.records);
  const today = () => dayOf(new Date(), zone());
  const missing = () => (tried() ? missingIn(draft(), fields(), today()) : null);
  const lacks = (at: Missing['at'], key?: string) => {
    const now = missing();
    return now?.at === at && (now.at !== 'field' || now.key === key);
  };
  const who = () => props.detail.visit.user_name;
  const day = () => dayOfDraft(draft(), today());

  /** Somebody decided meanwhile: what was written goes over to the newer version. */
  const toNewer = ({ code }: ApiProblem) =>
    code === 'revision_moved' ? (
      <DeskButton small icon="refresh-cw" onClick={() => props.onNewer()}>
        {t('desk.seeNewer')}
      </DeskButton>
    ) : undefined;

  return (
    <AskDialog
      title={
        <>
          {t('desk.giveBack')}
          <Dot />
          {whomOf(props.detail.visit)}
          <Dot />
          {inWords(props.detail.visit.form_title)}
        </>
      }
      note={t('desk.returnNote', { who: who() })}
      icon="send"
      words={t('desk.sendTo', { who: who() })}
      ready={() => {
        setTried(true);
        return missing() === null;
      }}
      onSend={() => props.onSend(bodyOf(draft(), fields(), today()))}
      onClose={props.onClose}
      wayOut={toNewer}
      aside={
        <ByDay
          day={day()}
          today={today()}
          shown={daysShown() || lacks('day')}
          error={lacks('day') ? t('desk.dayGone') : undefined}
          onShow={() => showDays(true)}
          onPick={(picked) => props.editor.setByDay(picked)}
        />
      }
    >
      <For each={fields()}>
        {(field, index) => (
          <>
            <Show when={field.record !== fields()[index() - 1]?.record && field.title}>
              {(record) => <h3 class="sec">{recordWords(record())}</h3>}
            </Show>
            <AskField
              field={field}
              asked={Boolean(draft().asked[field.key])}
              words={draft().words[field.key] ?? ''}
              error={lacks('field', field.key) ? t('desk.sayWhat') : undefined}
              onAsk={(on) => props.editor.ask(field.key, on)}
              onSay={(words) => props.editor.say(field.key, words)}
            />
          </>
        )}
      </For>
      <TextArea
        label={t('desk.overall')}
        hint={t('desk.overallHint')}
        rows={2}
        value={draft().overall}
        error={lacks('overall') ? t('desk.askSomething') : undefined}
        onInput={(words) => props.editor.sayOverall(words)}
      />
      <FieldError words={missing() === null ? undefined : t('desk.notSentYet')} />
    </AskDialog>
  );
}

interface ByDayProps {
  day: string | null;
  today: string;
  shown: boolean;
  error: string | undefined;
  onShow: () => void;
  onPick: (day: string | null) => void;
}

function ByDay(props: ByDayProps): JSX.Element {
  const said = (day: string) =>
    t('desk.dayAndWeekday', { day: formatDay(day, props.today), weekday: formatWeekday(day) });
  return (
    <div class="byday">
      <Icon name="calendar-clock" />
      <Show
        when={props.shown}
        fallback={
          <span>
            <Show when={props.day} fallback={t('desk.noDay')}>
              {(day) => <b>{t('desk.byDay', { day: said(day()) })}</b>}
            </Show>{' '}
            <button type="button" class="inline" onClick={() => props.onShow()}>
              {t('desk.change')}
            </button>
          </span>
        }
      >
        <label>
          <span class="cap">{t('desk.byDayLabel')}</span>
          <input
            type="date"
            min={props.today}
            value={props.day ?? ''}
            aria-invalid={props.error === undefined ? undefined : 'true'}
            onInput={(event) => props.onPick(event.currentTarget.value || null)}
          />
        </label>
      </Show>
      <FieldError words={props.error} />
    </div>
  );
}
