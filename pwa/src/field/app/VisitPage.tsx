/** The form of a visit: opens the draft, shows it, keeps it on the disk, and ends in a saved visit. */
import { createSignal, type JSX, Match, onCleanup, onMount, Switch } from 'solid-js';
import { type Finished, FormProblem } from '../../forms';
import { t } from '../../i18n';
import { Loading, newVersion } from '../../ui';
import type { Whom } from '../model/person';
import { CannotOpen, Elsewhere } from '../pages/CannotOpen';
import { Filling } from '../pages/Filling';
import { useShell } from '../parts/Screen';
import { navigate, useBeforeLeave } from '../router';
import { openSession, type Session } from '../visit/session';
import { useApp } from './context';
import { storeWords } from './trouble';
import { readWhom } from './whom';

type Open = { at: 'open'; session: Session; whom: Whom };
type Whole = Extract<Finished, { ok: true }>;
type Stage = { at: 'opening' } | Open | { at: 'elsewhere' } | { at: 'cannot'; words: string };

export function VisitPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const shell = useShell();
  const [stage, setStage] = createSignal<Stage>({ at: 'opening' });
  let gone = false;

  const openHere = async (takeOver: boolean): Promise<Stage> => {
    try {
      const opened = await openSession(app.store, props.id, takeOver);
      if (opened.at === 'elsewhere') return opened;
      if (opened.at === 'no-form') return { at: 'cannot', words: t('field.formNotHere') };
      if (opened.at === 'gone') return { at: 'cannot', words: t('field.savedGone') };
      return { at: 'open', session: opened.session, whom: await readWhom(app.store, opened.session.state()) };
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
  /** Whatever way she goes: what is on screen goes to the disk first, and a form without an answer leaves nothing. */
  const leave = async (session: Session): Promise<void> => {
    await session.save.flush();
    if (session.untouched() && !session.lost()) await app.store.discardDraft(session.visit).catch(() => undefined);
    session.close();
  };
  const session = (): Session | null => {
    const now = stage();
    return now.at === 'open' ? now.session : null;
  };

  onMount(() => void go());
  onCleanup(() => {
    gone = true;
    const open = session();
    if (open !== null) void leave(open);
  });
  // what could not be saved is not left behind by a slip of the thumb
  useBeforeLeave(() => session()?.save.saving().at === 'failed');

  const finish = async (open: Open, finished: Whole): Promise<void> => {
    const { minutes } = await open.session.finish(finished, open.whom.name);
    navigate(`/saved/${open.session.visit}`, { replace: true, state: { minutes } });
  };
  const toToday = () => navigate('/');
  const back = (open: Session) => {
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
          <Filling
            session={open.session}
            whom={open.whom}
            timeZone={app.org().timezone}
            updateWaits={newVersion()}
            onUrgent={shell.onUrgent}
            onOtherPerson={() => {
              open.session.keep();
              navigate(`/new?for=${open.session.visit}`);
            }}
            onBack={() => back(open.session)}
            onFinish={(finished) => finish(open, finished)}
          />
        )}
      </Match>
    </Switch>
  );
}
