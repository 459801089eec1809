/** Today: reads who is due, what came back and what waits, and opens a person with the moment of the tap. */
import { createMemo, type JSX, Show } from 'solid-js';
import { Loading } from '../../ui';
import { Home, type HomeView } from '../pages/Home';
import { navigate } from '../router';
import { arrive } from '../visit/arrivals';
import { useApp } from './context';
import { peopleOf, readHome, returnedLine } from './home-read';
import { createLive, keepSame } from './live';
import { takeUpdatesHere } from './update';

type Lists = Omit<HomeView, 'where' | 'offline'>;

export function HomePage(): JSX.Element {
  const app = useApp();
  const read = createLive(app.store, ['drafts', 'visits', 'world', 'sync'], () => readHome(app.store));
  const lists = createMemo<Lists | null>((before) => {
    const all = read();
    if (all === undefined) return null;
    return {
      today: all.home.today,
      fetched: all.heard,
      people: keepSame(before?.people, peopleOf(all)),
      returned: keepSame(
        before?.returned,
        all.home.returned.map((visit) => returnedLine(visit, all)),
      ),
    };
  }, null);
  takeUpdatesHere();
  return (
    <Show when={lists()} fallback={<Loading />}>
      {(all) => (
        <Home
          view={{ ...all(), where: app.where(), offline: app.line() === 'offline' }}
          onPerson={(person) => {
            if (person.stands?.state !== 'draft') arrive(person.id); // half-done: she goes on, and was there before
          }}
          onReturned={(visit) => navigate(`/sent?visit=${visit}`)}
          onSent={() => navigate('/sent')}
          onNew={() => navigate('/new')}
        />
      )}
    </Show>
  );
}
