/** Today: reads who is due, what came back and what waits, and opens a person with the moment of the tap. */
import { createEffect, type JSX, Show } from 'solid-js';
import { Loading } from '../../ui';
import { Home } from '../pages/Home';
import { navigate } from '../router';
import { arrive } from '../visit/arrivals';
import { useApp } from './context';
import { peopleOf, readHome, returnedLine } from './home-read';
import { createLive } from './live';
import { takeUpdate } from './update';

export function HomePage(): JSX.Element {
  const app = useApp();
  const read = createLive(app.store, ['drafts', 'visits', 'world', 'sync'], () => readHome(app.store));
  createEffect(() => takeUpdate());
  return (
    <Show when={read()} fallback={<Loading />}>
      {(all) => (
        <Home
          view={{
            today: all().home.today,
            people: peopleOf(all()),
            returned: all().home.returned.map((visit) => returnedLine(visit, all())),
            where: app.where(),
            fetched: all().heard,
            offline: app.line() === 'offline',
          }}
          onPerson={(person) => arrive(person.id)}
          onReturned={(visit) => navigate(`/sent?visit=${visit}`)}
          onSent={() => navigate('/sent')}
          onNew={() => navigate('/new')}
        />
      )}
    </Show>
  );
}
