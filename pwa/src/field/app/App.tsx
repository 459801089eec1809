/** The pages behind the gate: addresses, what is true on all of them, and the boundary that says what went wrong. */
import { createSignal, ErrorBoundary, type JSX, lazy, onCleanup, onMount, Show } from 'solid-js';
import type { Store } from '../../store';
import { Toasts } from '../../ui';
import { filesLeft } from '../model/files';
import { whereOf } from '../model/where';
import { ShellContext } from '../parts/Screen';
import { UrgentSheet } from '../parts/UrgentSheet';
import { type Page, Pages, startRouter } from '../router';
import { type App as Context, AppContext } from './context';
import { HomePage } from './HomePage';
import { whenIdle } from './idle';
import { createLive } from './live';
import { lineOf } from './line';
import { startSyncing } from './syncing';
import { Trouble } from './trouble';

// Today is there at once; the others come behind it, and all are on the phone before it goes offline.
const PersonPage = lazy(async () => ({ default: (await import('./PersonPage')).PersonPage }));
const WelcomePage = lazy(async () => ({ default: (await import('./WelcomePage')).WelcomePage }));
const VisitPage = lazy(async () => ({ default: (await import('./VisitPage')).VisitPage }));
const SavedPage = lazy(async () => ({ default: (await import('./SavedPage')).SavedPage }));
const ChoosePage = lazy(async () => ({ default: (await import('./ChoosePage')).ChoosePage }));
const RecordsPage = lazy(async () => ({ default: (await import('./RecordsPage')).RecordsPage }));
const PlacePage = lazy(async () => ({ default: (await import('./PlacePage')).PlacePage }));
const StartPage = lazy(async () => ({ default: (await import('./StartPage')).StartPage }));
const WithPage = lazy(async () => ({ default: (await import('./WithPage')).WithPage }));
const SentPage = lazy(async () => ({ default: (await import('./SentPage')).SentPage }));
const OneVisitPage = lazy(async () => ({ default: (await import('./OneVisitPage')).OneVisitPage }));
const NoticesPage = lazy(async () => ({ default: (await import('./NoticesPage')).NoticesPage }));
const MePage = lazy(async () => ({ default: (await import('./MePage')).MePage }));

const PAGES: readonly [Page, ...Page[]] = [
  { at: '/', page: HomePage },
  { at: '/person/:id', page: PersonPage },
  { at: '/visit/:id', page: VisitPage },
  { at: '/records/:id', page: RecordsPage },
  { at: '/saved/:id', page: SavedPage },
  { at: '/new', page: ChoosePage },
  { at: '/place/:id', page: PlacePage },
  { at: '/with/:id', page: WithPage },
  { at: '/begin/:id', page: StartPage },
  { at: '/sent', page: SentPage },
  { at: '/sent/:id', page: OneVisitPage },
  { at: '/notices', page: NoticesPage },
  { at: '/me', page: MePage },
];

const LATER = [
  PersonPage,
  VisitPage,
  RecordsPage,
  SavedPage,
  ChoosePage,
  PlacePage,
  StartPage,
  WithPage,
  SentPage,
  OneVisitPage,
  NoticesPage,
  MePage,
];

/** The pages behind the first, then the form engine, so that the first form opens at once. */
function fetchTheRest(): void {
  for (const page of LATER) void page.preload().catch(() => undefined);
  void import('../../forms').then((forms) => forms.warm()).catch(() => undefined); // a form says itself what is missing
}

const NOTHING = { counts: { drafts: 0, waiting: 0 }, files: { photos: 0, voices: 0 } } as const;

export interface AppProps {
  store: Store;
  /** she has enrolled just now */
  fresh: boolean;
}

/** Store and freshness are given once: another store is another app. */
export function App(props: AppProps): JSX.Element {
  // eslint-disable-next-line solid/reactivity
  const { store, fresh: begun } = props;
  const sync = startSyncing(store);
  onCleanup(() => sync.stop());
  onCleanup(startRouter());
  onMount(() => whenIdle(fetchTheRest));
  const [urgent, setUrgent] = createSignal(false);
  const [fresh, setFresh] = createSignal(begun);
  const facts = createLive(
    store,
    ['world', 'drafts', 'visits', 'captures'],
    async () => ({
      org: await store.org(),
      counts: (await store.home()).counts,
      files: filesLeft(await store.captures()),
    }),
    () => undefined,
  );
  const line = () => lineOf(sync.status());
  const org = () => facts()?.org ?? store.identity.org;
  const context: Context = {
    store,
    sync,
    org,
    line,
    where: () => whereOf(facts()?.counts ?? NOTHING.counts, facts()?.files ?? NOTHING.files, line()),
  };
  const shell = { demo: () => org().demo, onUrgent: () => setUrgent(true) };

  return (
    <AppContext.Provider value={context}>
      <ShellContext.Provider value={shell}>
        <ErrorBoundary fallback={(cause: unknown, reset) => <Trouble cause={cause} onAgain={reset} />}>
          <Show when={!fresh()} fallback={<WelcomePage onStart={() => setFresh(false)} />}>
            <Pages pages={PAGES} />
          </Show>
          <Show when={urgent()}>
            <UrgentSheet dutyPhone={org().duty_phone ?? null} onClose={() => setUrgent(false)} />
          </Show>
          <Toasts />
        </ErrorBoundary>
      </ShellContext.Provider>
    </AppContext.Provider>
  );
}
