/**
 * A new matter, or a card: begun with nobody chosen. The tap that came here is the check-in and makes the draft at once;
 * what is written down later says its times first.
 */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, onMount, Show } from 'solid-js';
import { inWords, t } from '../../i18n';
import type { Store } from '../../store';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { Button, Empty, FieldError, Loading } from '../../ui';
import { type Beginning, beginningsOf } from '../model/beginnings';
import { later, type LaterProblem, type LaterTimes } from '../model/later';
import { Screen } from '../parts/Screen';
import { LaterFields } from '../parts/When';
import { WorkGone } from '../parts/WorkGone';
import { navigate, place } from '../router';
import { take } from '../visit/arrivals';
import { follow } from '../visit/searches';
import { beginDraft, markOf, saidAt, type When } from '../visit/start';
import { laterWords } from '../words-later';
import { useApp } from './context';
import { createLive } from './live';
import { storeWords } from './trouble';

interface Known extends Beginning {
  /** a check-in of the programme keeps where it was */
  readonly locates: boolean;
}

/** Null: it is not for her any more, or its form has not come yet. */
interface Read {
  readonly known: Known | null;
}

async function readBeginning(store: Store, form: string, team: string | null): Promise<Read> {
  const [teams, programmes, forms] = await Promise.all([store.teams(), store.programmes(), store.forms()]);
  const all = beginningsOf(teams, programmes, forms).filter((each) => each.form.form === form);
  const chosen = all.find((each) => each.team.id === team) ?? all[0];
  if (chosen === undefined || (await store.xform(chosen.form.sha256)) === null) return { known: null };
  const programme = programmes.find(({ key }) => key === chosen.team.programme);
  return { known: { ...chosen, locates: programme?.position !== false } };
}

export function StartPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const isLater = place().search.has('later');
  const team = place().search.get('team');
  const read = createLive(app.store, ['world', 'bodies'], () => readBeginning(app.store, props.id, team));
  const back = () => navigate(isLater ? '/new?later=1' : '/new', { replace: true });
  return (
    <Show when={read()} fallback={<Loading />}>
      {(found) => (
        <Show when={found().known} fallback={<WorkGone title={t('field.newTitle')} onBack={back} />}>
          {(known) => (
            <Show when={isLater} fallback={<Now read={known()} />}>
              <Afterwards read={known()} onBack={back} />
            </Show>
          )}
        </Show>
      )}
    </Show>
  );
}

async function begin(store: Store, { team, form }: Beginning, when: When): Promise<string> {
  const visit = newId();
  const user = store.identity.user.id;
  const about = { user, team: team.id, programme: team.programme, subject: null, form, door: null };
  await store.saveDraft(visit, 0, beginDraft({ ...about, ...when, record: newId() }));
  return visit;
}

function Now(props: { read: Known }): JSX.Element {
  const app = useApp();
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const go = async (): Promise<void> => {
    setTrouble(null);
    try {
      const { at, search } = take(props.read.form.form, props.read.locates);
      const visit = await begin(app.store, props.read, { checkIn: markOf(at, search.now()), left: null });
      follow(app.store, visit, search);
      navigate(`/visit/${visit}`, { replace: true });
    } catch (cause) {
      setTrouble(storeWords(cause));
    }
  };
  onMount(() => void go());
  return (
    <Show when={trouble()} fallback={<Loading />}>
      {(words) => (
        <Screen title={inWords(props.read.form.title)} onBack={() => navigate('/new', { replace: true })}>
          <Empty
            title={words()}
            action={
              <Button small onClick={() => void go()}>
                {t('ui.tryAgain')}
              </Button>
            }
          />
        </Screen>
      )}
    </Show>
  );
}

function Afterwards(props: { read: Known; onBack: () => void }): JSX.Element {
  const app = useApp();
  const [times, setTimes] = createSignal<LaterTimes>({ day: '', from: '', to: '' });
  const [problem, setProblem] = createSignal<LaterProblem | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  let busy = false;
  const go = async (): Promise<void> => {
    const said = later(times(), Date.now(), app.org().timezone);
    setProblem(said.at === 'problem' ? said.problem : null);
    if (said.at === 'problem' || busy) return;
    busy = true;
    try {
      const now = moment();
      const checkIn = markOf(saidAt(said.inMs, now), { reason: 'later_entry' });
      const visit = await begin(app.store, props.read, { checkIn, left: saidAt(said.outMs, now) });
      navigate(`/visit/${visit}`, { replace: true });
    } catch (cause) {
      setTrouble(storeWords(cause));
    } finally {
      busy = false;
    }
  };
  return (
    <Screen
      title={inWords(props.read.form.title)}
      sub={inWords(props.read.team.name)}
      onBack={() => props.onBack()}
      dock={
        <footer class="dock action">
          <Button kind="main" onClick={() => void go()}>
            {t('group.goOn')}
          </Button>
        </footer>
      }
    >
      <LaterFields
        times={times()}
        problem={laterWords(problem())}
        onChange={(next) => {
          setTimes(next);
          setProblem(null);
        }}
      />
      <FieldError words={trouble() ?? undefined} />
    </Screen>
  );
}
