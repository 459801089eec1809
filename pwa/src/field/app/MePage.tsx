/** 我的: what the app knows of her and of this phone. */
import '../../i18n/areas/phone-later';
import { createResource, createSignal, type JSX, Show } from 'solid-js';
import { formatBytes, inWords } from '../../i18n';
import { speak } from '../../i18n/areas/phone';
import { askToPersist, choose, identities, type StorageView, type Store } from '../../store';
import { Loading } from '../../ui';
import { install, installWay } from '../install';
import { Me, type MeView } from '../pages/Me';
import { navigate } from '../router';
import { nearMoment } from '../words';
import { version } from '../../../package.json';
import { useApp } from './context';
import { createLive } from './live';
import { storeWords } from './trouble';

async function readMe(store: Store) {
  const [me, org, teams, home, standing, notices, wifi] = await Promise.all([
    store.me(),
    store.org(),
    store.teams(),
    store.home(),
    store.exchange.standing(),
    store.notices(),
    store.photosOnWifi(),
  ]);
  const others = (await identities()).filter((each) => each.device !== store.identity.device);
  return {
    me,
    org,
    teams,
    home,
    others,
    heard: standing.heard,
    news: notices.filter(({ read }) => !read).length,
    wifi,
  };
}

export function MePage(): JSX.Element {
  const app = useApp();
  const read = createLive(app.store, ['world', 'visits', 'drafts', 'sync', 'notices'], () => readMe(app.store));
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [storage, { refetch }] = createResource(() => app.store.storage());
  const persist = async () => {
    const agreed = await askToPersist();
    await refetch();
    return agreed;
  };
  return (
    <Show when={read()} fallback={<Loading />}>
      {(all) => (
        <Me
          view={{
            name: all().me.name,
            county: inWords(all().org.name),
            teams: all().me.teams.flatMap(({ team, leads }) => {
              const known = all().teams.find((each) => each.id === team);
              return known === undefined ? [] : [{ name: inWords(known.name), leads }];
            }),
            drafts: all().home.counts.drafts,
            waiting: all().home.counts.waiting,
            heard: heardWords(all().heard, all().home.today, all().org.timezone),
            storage: storageOf(storage.latest),
            news: all().news,
            wifi: all().wifi,
            trouble: trouble(),
            version,
            others: all().others.map(({ device, user }) => ({ device, name: user.name })),
            where: app.where(),
            install: installWay(),
          }}
          onLanguage={(next) => void speak(next).catch(() => undefined)}
          onInstall={() => void install()}
          onPersist={persist}
          onSent={() => navigate('/sent')}
          onNews={() => navigate('/notices')}
          onWifi={(on) => void app.store.setPhotosOnWifi(on).catch((cause: unknown) => setTrouble(storeWords(cause)))}
          onChange={(device) => void choose(device).then(() => location.assign('/'))}
          onJoin={() => location.assign('/?join')}
        />
      )}
    </Show>
  );
}

export function heardWords(heard: string | null, today: string, timeZone: string): string | null {
  return heard === null ? null : nearMoment(heard, today, timeZone);
}

function storageOf(view: StorageView | null | undefined): MeView['storage'] {
  if (view === null || view === undefined) return null;
  const left = view.quota === 0 ? null : formatBytes(Math.max(0, view.quota - view.used));
  return { used: formatBytes(view.used), left, short: view.short, persisted: view.persisted };
}
