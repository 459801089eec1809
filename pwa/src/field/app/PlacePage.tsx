/** Where the team works together: the tap on a place is the check-in, and makes the draft of the visit. */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, Show } from 'solid-js';
import { inWords, t } from '../../i18n';
import type { Store } from '../../store';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { Loading } from '../../ui';
import { later, type LaterProblem, type LaterTimes } from '../model/later';
import { placesOf, type Work, workOf } from '../model/work';
import { type PlaceLine, Places } from '../pages/Places';
import { LaterFields } from '../parts/When';
import { WorkGone } from '../parts/WorkGone';
import { navigate, place } from '../router';
import { take } from '../visit/arrivals';
import { offered } from '../visit/offered';
import { follow } from '../visit/searches';
import { markOf, putPlace, saidAt, startDraft } from '../visit/start';
import { laterWords } from '../words-later';
import { useApp } from './context';
import { createLive } from './live';
import { storeWords } from './trouble';

interface Read {
  readonly work: Work | null;
  readonly lines: readonly PlaceLine[];
}

async function readPlaces(store: Store, form: string, team: string | null): Promise<Read> {
  const [teams, forms, places] = await Promise.all([store.teams(), store.forms(), store.places()]);
  const work = workOf(teams, forms).filter((each) => each.form.form === form);
  const chosen = work.find((each) => each.team.id === team) ?? work[0] ?? null;
  const xform = chosen === null ? null : await store.xform(chosen.form.sha256);
  const asks = chosen?.form.binds.place ?? null;
  if (chosen === null || xform === null || asks === null) return { work: null, lines: [] };
  const labels = new Map(places.map(({ id, label }) => [id, label]));
  const lines = offered(xform, asks, placesOf(chosen.team, places)).map(({ id, label, community, unsent = false }) => ({
    id,
    name: label,
    community: labels.get(community ?? '') ?? '',
    unsent,
  }));
  return { work: chosen, lines: lines.sort((a, b) => a.name.localeCompare(b.name, 'zh')) };
}

export function PlacePage(props: { id: string }): JSX.Element {
  const app = useApp();
  const read = createLive(app.store, ['world', 'bodies'], () =>
    readPlaces(app.store, props.id, place().search.get('team')),
  );
  const about = () => place().search.get('for');
  const isLater = () => place().search.has('later');
  const [times, setTimes] = createSignal<LaterTimes>({ day: '', from: '', to: '' });
  const [problem, setProblem] = createSignal<LaterProblem | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  let busy = false;

  const back = () => {
    const visit = about();
    if (visit !== null) navigate(`/visit/${visit}`, { replace: true });
    else navigate(isLater() ? '/new?later=1' : '/new');
  };

  /** When she came: the tap of now, or the times that she says. Null: they do not fit yet, which is said. */
  const marks = (id: string) => {
    if (!isLater()) {
      const { at, search } = take(id);
      return { checkIn: markOf(at, search.now()), left: null, search };
    }
    const said = later(times(), Date.now(), app.org().timezone);
    setProblem(said.at === 'problem' ? said.problem : null);
    if (said.at === 'problem') return null;
    const now = moment();
    const checkIn = markOf(saidAt(said.inMs, now), { reason: 'later_entry' });
    return { checkIn, left: saidAt(said.outMs, now), search: null };
  };

  const begin = async ({ team, form }: Work, id: string): Promise<void> => {
    const when = marks(id);
    if (when === null) return;
    const { search, ...known } = when;
    const visit = newId();
    const user = app.store.identity.user.id;
    const about = { user, team: team.id, programme: team.programme, subject: null, place: id, form, door: null };
    await app.store.saveDraft(visit, 0, startDraft({ ...about, ...known, record: newId() }));
    if (search !== null) follow(app.store, visit, search);
    navigate(`/with/${visit}`);
  };

  const put = async (work: Work, id: string): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const visit = about();
      if (visit === null) return await begin(work, id);
      await putPlace(app.store, visit, id);
      navigate(`/visit/${visit}`, { replace: true });
    } catch (cause) {
      setTrouble(storeWords(cause));
    } finally {
      busy = false;
    }
  };

  return (
    <Show when={read()} fallback={<Loading />}>
      {(found) => (
        <Show when={found().work} fallback={<WorkGone title={t('group.whereTitle')} onBack={back} />}>
          {(work) => (
            <Places
              work={inWords(work().form.title)}
              places={found().lines}
              other={about() !== null}
              when={
                isLater() ? (
                  <LaterFields
                    times={times()}
                    problem={laterWords(problem())}
                    onChange={(next) => {
                      setTimes(next);
                      setProblem(null);
                    }}
                  />
                ) : undefined
              }
              trouble={trouble()}
              onPlace={(id) => void put(work(), id)}
              onBack={back}
            />
          )}
        </Show>
      )}
    </Show>
  );
}
