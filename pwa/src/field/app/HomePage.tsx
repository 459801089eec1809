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
  const read = createLive(app.store, ['drafts', 'visits', 'world', 'bodies', 'sync', 'notices'], () =>
    readHome(app.store),
  );
  const lists = createMemo<Lists | null>((before) => {
    const all = read();
    if (all === undefined) return null;
    return {
      today: all.home.today,
      fetched: all.heard,
      formsMissing: all.formsMissing,
      news: all.news,
      people: keepSame(before?.people, peopleOf(all)),
      returned: keepSame(
        before?.returned,
        all.home.returned.map((visit) => returnedLine(visit, all)),
      ),
    };
  }, null);
  takeUpdatesHere();
  /** Straight to what is asked; where that cannot be opened, the visit's own page says why. */
  const mend = async (visit: string): Promise<void> => {
    const begun = await app.store.beginCorrection(visit).then(
      () => true,
      () => false,
    );
    navigate(begun ? `/visit/${visit}` : `/sent/${visit}`);
  };
  return (
    <Show when={lists()} fallback={<Loading />}>
      {(all) => (
        <Home
          view={{ ...all(), where: app.where(), offline: app.line() === 'offline' }}
          onPerson={(person) => {
            if (person.stands?.state !== 'draft') arrive(person.id, person.locates); // half-done: she goes on, and was there before
          }}
          onReturned={(visit) => void mend(visit)}
          onNews={() => navigate('/notices')}
          onSent={() => navigate('/sent')}
          onNew={() => navigate('/new')}
        />
      )}
    </Show>
  );
}
