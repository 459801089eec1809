/** After the form: what was saved, where it is now, and who comes next. */
import '../../i18n/areas/phone-later';
import { type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import { Empty, Loading } from '../../ui';
import { isOpen } from '../model/right-word';
import { chipOf, reasonOf } from '../model/sent';
import { Saved, type SavedView } from '../pages/Saved';
import { Screen } from '../parts/Screen';
import { navigate, place } from '../router';
import { arrive } from '../visit/arrivals';
import { previewsOf } from '../visit/previews';
import { reasonWords, shortAddressWords } from '../words';
import { useApp } from './context';
import { peopleOf, readHome } from './home-read';
import { fileLines } from './files-read';
import { createLive } from './live';

export function SavedPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const about = () => (place().state ?? {}) as { minutes?: number | null; how?: SavedView['how'] };
  const previews = previewsOf(app.store);
  onCleanup(() => previews.close());
  const read = createLive(app.store, ['visits', 'world', 'drafts', 'captures'], async () => ({
    files: await app.store.captures(props.id),
    wifi: await app.store.photosOnWifi(),
    visit: await app.store.visit(props.id),
    all: await readHome(app.store),
  }));
  const toToday = () => navigate('/');
  return (
    <Show when={read()} fallback={<Loading />}>
      {(now) => (
        <Show when={now().visit} fallback={<Gone onBack={toToday} />}>
          {(visit) => {
            const next = () => {
              const open = peopleOf(now().all).filter(
                ({ daily, stands }) => daily && stands !== null && isOpen(stands),
              );
              return open.find((person) => person.id !== visit().subject?.id) ?? null;
            };
            const state = () => {
              const chip = chipOf(visit());
              if (chip === 'draft') return 'waiting' as const; // it is being saved again in another tab
              return chip === 'waiting' && app.line() === 'sending' ? ('sending' as const) : chip;
            };
            return (
              <Saved
                view={{
                  name: visit().label,
                  form: now().all.forms.get(visit().form) ?? visit().form,
                  minutes: about().minutes ?? null,
                  how: about().how ?? 'new',
                  files: fileLines(now().files, now().wifi, previews),
                  state: state(),
                  reason: reasonWords(reasonOf(visit(), app.line()), now().all.home.today, app.org().timezone, true),
                  next: nextOf(next()),
                }}
                onNext={() => {
                  const person = next();
                  if (person === null) return;
                  if (person.stands?.state !== 'draft') arrive(person.id, person.locates);
                  navigate(person.href);
                }}
                onToday={toToday}
              />
            );
          }}
        </Show>
      )}
    </Show>
  );
}

function nextOf(person: ReturnType<typeof peopleOf>[number] | null): { name: string; address: string } | null {
  return person === null ? null : { name: person.name, address: shortAddressWords(person.address) };
}

function Gone(props: { onBack: () => void }): JSX.Element {
  return (
    <Screen title={t('field.savedTitle')} onBack={props.onBack}>
      <Empty title={t('field.savedGone')} />
    </Screen>
  );
}
