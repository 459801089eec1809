/** A person: reads what is known of her, keeps the check-in of the tap, and turns a door button into a visit. */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, Show } from 'solid-js';
import { formatTime, t } from '../../i18n';
import type { FormHead } from '../../store';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { Button, Empty, Loading } from '../../ui';
import { type Later, later, type LaterProblem, type LaterTimes } from '../model/later';
import { type DoorAnswer, Person } from '../pages/Person';
import { Screen } from '../parts/Screen';
import { CheckedIn, LaterFields } from '../parts/When';
import { navigate, place } from '../router';
import { arrive, arriveAgain, leave, take } from '../visit/arrivals';
import { follow } from '../visit/searches';
import { doorWay, markOf, saidAt, startDraft } from '../visit/start';
import { laterWords } from '../words-later';
import { useApp } from './context';
import { createLive } from './live';
import { type PersonRead, readPerson } from './person-read';
import { storeWords } from './trouble';

export function PersonPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const isLater = () => place().search.has('later');
  const read = createLive(app.store, ['drafts', 'visits', 'world', 'bodies'], () =>
    readPerson(app.store, props.id, place().search.get('team')),
  );
  const back = () => {
    leave();
    navigate(isLater() ? '/new?later=1' : '/');
  };
  return (
    <Show when={read()} fallback={<Loading />}>
      {(found) => (
        <Show when={found().person} fallback={<NotHere onBack={back} />}>
          {(person) => <Door read={found()} person={person()} later={isLater()} onBack={back} />}
        </Show>
      )}
    </Show>
  );
}

function NotHere(props: { onBack: () => void }): JSX.Element {
  return (
    <Screen title={t('field.visitTitle')} onBack={props.onBack}>
      <Empty
        title={t('field.notForYou')}
        action={
          <Button small onClick={() => props.onBack()}>
            {t('field.backToToday')}
          </Button>
        }
      >
        {t('field.notForYouText')}
      </Empty>
    </Screen>
  );
}

interface DoorProps {
  read: PersonRead;
  person: NonNullable<PersonRead['person']>;
  later: boolean;
  onBack: () => void;
}

function Door(props: DoorProps): JSX.Element {
  const app = useApp();
  // eslint-disable-next-line solid/reactivity -- the tap that opened the page: another person is another page
  const [arrival, setArrival] = createSignal(props.later ? null : arrive(props.read.entity, props.read.locates));
  const [times, setTimes] = createSignal<LaterTimes>({ day: '', from: '', to: '' });
  const [problem, setProblem] = createSignal<LaterProblem | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  let busy = false;
  /** Another team was chosen, and what it may record is still being read. */
  const settled = (): boolean => {
    const asked = place().search.get('team');
    return asked === null || asked === props.read.team?.id || props.read.teams.every(({ id }) => id !== asked);
  };

  const zone = () => app.org().timezone;
  const check = (): Later => later(times(), Date.now(), zone());
  const mayGo = (): boolean => {
    if (!props.later) return true;
    const checked = check();
    setProblem(checked.at === 'problem' ? checked.problem : null);
    return checked.at === 'times';
  };

  const begin = async (form: FormHead, answer: string | null): Promise<void> => {
    const { team } = props.read;
    if (team === null || busy) return;
    busy = true;
    try {
      const visit = newId();
      const marks = marksOf();
      const start = { team: team.id, programme: team.programme, subject: props.read.subject, form, door: answer };
      const record = newId();
      const state = startDraft({ ...start, ...marks, user: app.store.identity.user.id, record });
      await app.store.saveDraft(visit, 0, state);
      if (!props.later) follow(app.store, visit, take(props.read.entity, props.read.locates).search);
      navigate(`/visit/${visit}`);
    } catch (cause) {
      setTrouble(storeWords(cause));
    } finally {
      busy = false;
    }
  };

  const marksOf = () => {
    const checked = props.later ? check() : null;
    if (checked?.at === 'times') {
      const now = moment();
      const came = markOf(saidAt(checked.inMs, now), { reason: 'later_entry' });
      return { checkIn: came, left: saidAt(checked.outMs, now) };
    }
    const here = arrival() ?? arrive(props.read.entity, props.read.locates);
    return { checkIn: markOf(here.at, here.search.now()), left: null };
  };

  /** The visit that said it was done, open again. */
  const mendSlip = async (visit: string): Promise<void> => {
    try {
      await app.store.editSent(visit);
      leave();
      navigate(`/visit/${visit}`);
    } catch (cause) {
      setTrouble(storeWords(cause));
    }
  };

  const onDoor = (door: DoorAnswer) => {
    const doors = props.read.doors;
    const way = doors === null ? null : doorWay(doors, door);
    const form = props.read.forms.find((each) => each.form === way?.form);
    if (way === null || form === undefined) setTrouble(t('field.formNotHere'));
    else void begin(form, way.answer);
  };

  return (
    <Person
      person={props.person}
      matter={props.read.subject !== null && props.read.subject.list !== 'people'}
      ways={settled() ? props.read.ways : { at: 'reading' }}
      teams={props.read.teams}
      team={props.read.team?.id ?? null}
      drafts={props.read.drafts}
      done={props.read.done}
      trouble={trouble()}
      when={
        <Show
          when={arrival()}
          fallback={
            <LaterFields
              times={times()}
              problem={laterWords(problem())}
              onChange={(next) => {
                setTimes(next);
                if (problem() !== null) mayGo();
              }}
            />
          }
        >
          {(here) => (
            <CheckedIn
              time={formatTime(here().at.wall, zone())}
              tapMs={Date.parse(here().at.wall)}
              locates={props.read.locates}
              onAgain={() => setArrival(arriveAgain(props.read.entity, props.read.locates))}
            />
          )}
        </Show>
      }
      onBack={props.onBack}
      onTeam={(team) =>
        navigate(`/person/${props.read.entity}?team=${team}${props.later ? '&later=1' : ''}`, { replace: true })
      }
      onDraft={(visit) => {
        leave();
        navigate(`/visit/${visit}`);
      }}
      onSlip={(visit) => void mendSlip(visit)}
      onDoor={onDoor}
      onForm={(key) => {
        const form = props.read.forms.find((each) => each.form === key);
        if (form !== undefined) void begin(form, null);
      }}
      mayGo={mayGo}
    />
  );
}
