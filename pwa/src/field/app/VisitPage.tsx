/** The form of a visit: opens the draft, shows it, keeps it on the disk, and ends in a saved visit. */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, lazy, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { FormProblem } from '../../forms';
import { dayOf, formatDay, inWords, t } from '../../i18n';
import type { DraftRecord, Store, VisitCard } from '../../store';
import { Button, Icon, Loading, newVersion } from '../../ui';
import type { Whom } from '../model/person';
import { CannotOpen, Elsewhere } from '../pages/CannotOpen';
import { Filling } from '../pages/Filling';
import { useShell } from '../parts/Screen';
import { navigate, place, useBeforeLeave } from '../router';
import { calledIn } from '../visit/facts';
import { left } from '../visit/holding';
import { addedForm, labelIn, subjectOf, wayInto } from '../visit/records';
import { openSession, type Session, type Whole } from '../visit/session';
import type { Together } from '../words-group';
import { useApp } from './context';
import { storeWords } from './trouble';
import { VisitOverlays } from './VisitOverlays';
import { readGroup, readWhom } from './whom';

const Correcting = lazy(async () => ({ default: (await import('../pages/Correcting')).Correcting }));

type Open = {
  at: 'open';
  session: Session;
  whom: Whom;
  group: Together | null;
  sent: VisitCard | null;
  missed: boolean;
};
type Stage = { at: 'opening' } | Open | { at: 'elsewhere' } | { at: 'cannot'; words: string };

export function VisitPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const shell = useShell();
  const [stage, setStage] = createSignal<Stage>({ at: 'opening' });
  let gone = false;
  /** One of several: its own page is that of all of them. */
  const wanted = place().search.get('record');

  const openHere = async (takeOver: boolean): Promise<Stage> => {
    try {
      if (wanted === null && (await hasSeveral(app.store, props.id))) {
        if (!gone) navigate(`/records/${props.id}`, { replace: true });
        return { at: 'opening' };
      }
      const opened = await openSession(app.store, props.id, takeOver, wanted);
      if (opened.at === 'elsewhere') return opened;
      if (opened.at === 'no-form') return { at: 'cannot', words: t('field.formNotHere') };
      if (opened.at === 'gone') return { at: 'cannot', words: t('field.savedGone') };
      return { at: 'open', session: opened.session, ...(await readBeside(app.store, opened.session)) };
    } catch (cause) {
      return { at: 'cannot', words: cause instanceof FormProblem ? cause.words : storeWords(cause) };
    }
  };
  const go = async (takeOver = false): Promise<void> => {
    setStage({ at: 'opening' });
    const next = await openHere(takeOver);
    if (!gone) setStage(next);
    else if (next.at === 'open') next.session.close();
  };
  const session = (): Session | null => {
    const now = stage();
    return now.at === 'open' ? now.session : null;
  };

  onMount(() => void go());
  onCleanup(() => {
    gone = true;
    const open = session();
    if (open !== null) void open.leave();
  });
  // what could not be saved is not left behind by a slip of the thumb
  useBeforeLeave(() => session()?.save.saving().at === 'failed');

  const finish = async (open: Open, finished: Whole): Promise<void> => {
    const { session } = open;
    if (wanted !== null) {
      await session.done(finished);
      return navigate(`/records/${session.visit}`, { replace: true });
    }
    const mended = session.correction() !== null;
    const known = open.whom.name ?? open.sent?.label ?? null;
    const { minutes } = await session.finish(finished, calledIn(finished.xml, session.head, known));
    const how = mended ? 'mended' : session.edits ? 'changed' : 'new';
    const made = finished.saves.find(({ creates, list }) => creates && list !== 'places')?.id ?? null;
    const state = { minutes: session.edits ? null : minutes, how, made };
    navigate(`/saved/${session.visit}`, { replace: true, state });
  };
  const toToday = () => navigate('/');
  const back = (open: Session) => {
    if (wanted !== null) return navigate(`/records/${open.visit}`, { replace: true });
    if (open.edits) return navigate(`/sent/${open.visit}`, { replace: true });
    const subject = open.untouched() ? open.state().subject : null;
    navigate(subject === null ? '/' : `/person/${subject.id}`, { replace: true });
  };
  const at = <A extends Stage['at']>(name: A) => {
    const now = stage();
    return now.at === name ? (now as Extract<Stage, { at: A }>) : undefined;
  };

  return (
    <Switch fallback={<Loading words={t('field.openingForm')} />}>
      <Match when={session()?.lost() === true || at('elsewhere') !== undefined}>
        <Elsewhere onTake={() => void go(true)} onLeave={toToday} />
      </Match>
      <Match when={at('cannot')}>
        {(why) => <CannotOpen words={why().words} onAgain={() => void go()} onBack={toToday} />}
      </Match>
      <Match when={at('open')} keyed>
        {(open) => (
          <>
            <Show
              when={asks(open.session)}
              fallback={
                <Filling
                  session={open.session}
                  whom={open.whom}
                  timeZone={app.org().timezone}
                  updateWaits={newVersion()}
                  {...(wanted === null ? {} : { finishWords: t('group.recordGood') })}
                  above={<Above open={open} />}
                  onUrgent={shell.onUrgent}
                  onOtherPerson={() => {
                    open.session.keep();
                    navigate(
                      wanted === null
                        ? `/new?for=${open.session.visit}`
                        : `/new?for=${open.session.visit}&record=${wanted}`,
                    );
                  }}
                  group={open.group}
                  onOtherPlace={() => {
                    open.session.keep();
                    navigate(
                      `/place/${open.session.head.form}?for=${open.session.visit}&team=${open.session.state().team}`,
                    );
                  }}
                  onOthersThere={() => {
                    open.session.keep();
                    navigate(`/with/${open.session.visit}`);
                  }}
                  onBack={() => back(open.session)}
                  onFinish={(finished) => finish(open, finished)}
                />
              }
            >
              <Correcting
                session={open.session}
                {...(wanted === null ? {} : { doneWords: t('group.recordGood') })}
                name={open.whom.name ?? open.sent?.label ?? null}
                what={whatWords(open.session, app.org().timezone)}
                by={open.sent?.returned?.by ?? t('field.reviewer')}
                day={dayWords(open.sent)}
                words={open.sent?.returned?.words ?? null}
                over={open.sent !== null && open.sent.state !== 'returned'}
                onBack={() => back(open.session)}
                onFinish={(finished) => finish(open, finished)}
              />
            </Show>
            <VisitOverlays session={open.session} />
          </>
        )}
      </Match>
    </Switch>
  );
}

/** The draft is gone on with on the page of its records. One that is gone is told by whoever opens it. */
async function hasSeveral(store: Store, visit: string): Promise<boolean> {
  await left(visit);
  const [draft, programmes, forms] = await Promise.all([store.loadDraft(visit), store.programmes(), store.forms()]);
  return draft !== null && wayInto(draft.state, addedForm(draft.state, programmes, forms)) === 'records';
}

/** Single places were asked about: then only those are shown. */
const asks = (session: Session): boolean => (session.correction()?.asked.length ?? 0) > 0;

async function readBeside(store: Store, session: Session): Promise<Omit<Open, 'at' | 'session'>> {
  const { visit, record } = session;
  const own = session.state().records.find((each) => each.record === record);
  const subject = own === undefined ? null : subjectOf(session.state(), own);
  const [whom, group, sent, awaited] = await Promise.all([
    readWhom(store, { ...session.state(), subject }),
    readGroup(store, session.state()),
    session.edits ? store.visit(session.visit) : null,
    store.awaited(visit, record),
  ]);
  const missed = awaited.length > 0;
  if (missed) await store.settleAwaited(visit, record); // it is said now, once
  return { whom: subject === null ? { ...whom, name: namedThen(own) ?? whom.name } : whom, group, sent, missed };
}

/** Whom a sent record names, as it read then: the phone that mends it may not know the person. */
function namedThen(record: DraftRecord | undefined): string | null {
  if (record?.sent === undefined) return null;
  return record.list_rows.people?.[0]?.label ?? labelIn(record.sent.xml);
}

/** 11月22日 上门照料 */
function whatWords(session: Session, timeZone: string): string {
  const day = formatDay(dayOf(session.state().check_in.at.wall, timeZone));
  return `${day} ${inWords(session.head.title)}`;
}

function dayWords(sent: VisitCard | null): string | null {
  const day = sent?.returned?.by_day ?? null;
  return day === null ? null : formatDay(day);
}

/** Below the bar: a photo that another app was asked for and that never came; a reviewer's words about the whole visit. */
function Above(props: { open: Open }): JSX.Element {
  const [told, setTold] = createSignal(false);
  const returned = () => (props.open.session.correction() === null ? null : (props.open.sent?.returned ?? null));
  return (
    <>
      <Show when={props.open.missed && !told()}>
        <div class="strip asks" role="status">
          <Icon name="camera" />
          <span class="grow">{t('visits.photoMissed')}</span>
          <Button small onClick={() => setTold(true)}>
            {t('visits.photoMissedOk')}
          </Button>
        </div>
      </Show>
      <Show when={returned()}>
        {(asked) => (
          <div class="strip asks">
            <Icon name="message-square-warning" />
            <span class="grow">
              {asked().words === null
                ? t('field.reasonReturnedBare', { by: asked().by })
                : t('visits.askedWords', { by: asked().by, words: asked().words ?? '' })}
            </span>
          </div>
        )}
      </Show>
    </>
  );
}
