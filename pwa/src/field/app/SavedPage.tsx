/** After the form: what was saved, where it is now, and who comes next. */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import type { Store } from '../../store';
import { Empty, Loading } from '../../ui';
import { isOpen } from '../model/right-word';
import { chipOf, reasonOf } from '../model/sent';
import { Saved, type SavedView, type Then } from '../pages/Saved';
import { Screen } from '../parts/Screen';
import { navigate, place } from '../router';
import { arrive } from '../visit/arrivals';
import { previewsOf } from '../visit/previews';
import { reasonWords, shortAddressWords } from '../words';
import { useApp } from './context';
import { peopleOf, readHome } from './home-read';
import { fileLines } from './files-read';
import { createLive } from './live';
import { storeWords } from './trouble';

export function SavedPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const about = () =>
    (place().state ?? {}) as { minutes?: number | null; how?: SavedView['how']; made?: string | null };
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const previews = previewsOf(app.store);
  onCleanup(() => previews.close());
  const read = createLive(app.store, ['visits', 'world', 'drafts', 'captures'], async () => ({
    files: await app.store.captures(props.id),
    wifi: await app.store.photosOnWifi(),
    visit: await app.store.visit(props.id),
    all: await readHome(app.store),
    then: await readThen(app.store, props.id, about().made ?? null),
  }));
  const mendSlip = async (): Promise<void> => {
    try {
      await app.store.editSent(props.id);
      navigate(`/visit/${props.id}`);
    } catch (cause) {
      setTrouble(storeWords(cause));
    }
  };
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
                  then: now().then,
                  next: nextOf(next()),
                }}
                trouble={trouble()}
                onSlip={() => void mendSlip()}
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

/** `made`: whom this visit put on a list. */
async function readThen(store: Store, visit: string, made: string | null): Promise<Then | null> {
  const card = await store.visit(visit);
  const about = made ?? card?.subject?.id ?? null;
  if (card === null || about === null) return null;
  if ((await store.entity(about))?.state === 'closed') return { at: 'done', changeable: card.changeable };
  if (made === null) return null;
  const pairs = (await store.pairs()).filter((pair) => pair.entity === made && pair.ended_on === null);
  if (pairs.some(({ user }) => user === store.identity.user.id)) return { at: 'followed', by: 'me' };
  return { at: 'followed', by: pairs.some(({ user }) => user === null) ? 'team' : 'nobody' };
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
