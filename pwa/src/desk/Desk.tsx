/**
 * Opening, sign-in, pages. When a session runs out the sign-in covers the pages without taking them away: what was
 * typed and marked is still there afterwards.
 */
import { Navigate, Route, Router } from '@solidjs/router';
import { createSignal, type JSX, lazy, Match, onMount, Show, Switch } from 'solid-js';
import { type ApiProblem, asProblem } from '../api/problem';
import { t } from '../i18n';
import { Empty, Loading } from '../ui';
import { ExportsPage } from './exports/ExportsPage';
import { FormsPage } from './forms/FormsPage';
import { NoticesPage } from './notices/NoticesPage';
import { ProblemNote } from './parts/ProblemNote';
import { QuarantinePage } from './quarantine/QuarantinePage';
import { ReviewPage } from './review/ReviewPage';
import { may, me, person, resume, session } from './session/session';
import { SignIn } from './session/SignIn';
import { DeskBar, places, Shell } from './Shell';

/** The first two bring the form renderer along, the third a sheet: what the other pages do not need. */
const MendPage = lazy(() => import('./mend/MendPage'));
const SettlePage = lazy(() => import('./settle/SettlePage'));
const PublishPage = lazy(() => import('./forms/PublishPage'));
const ComponentsPage = lazy(() => import('./components/ComponentsPage'));

export function Desk(): JSX.Element {
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const open = () => {
    setProblem(null);
    resume().catch((thrown: unknown) => setProblem(asProblem(thrown)));
  };
  onMount(open);
  return (
    <>
      <Show when={session() === 'opening'}>
        <main class="opening">
          <Show when={problem()} fallback={<Loading />}>
            {(now) => <ProblemNote problem={now()} onAgain={open} />}
          </Show>
        </main>
      </Show>
      <Show when={person()?.user.id} keyed>
        {(_user) => (
          <div inert={session() === 'again' || undefined}>
            <Pages />
          </div>
        )}
      </Show>
      <Show when={session() === 'out' || session() === 'again'}>
        <SignIn again={session() === 'again'} />
      </Show>
    </>
  );
}

function Pages(): JSX.Element {
  return (
    <Router base="/desk" root={Shell}>
      <Route path="/" component={First} />
      <Route path="/review/:visit?" component={ReviewPage} />
      <Route path="/review/:visit/settle" component={SettlePage} />
      <Route path="/quarantine/:item?" component={QuarantinePage} />
      <Route path="/quarantine/:item/mend" component={MendPage} />
      <Route path="/notices" component={NoticesPage} />
      <Route path="/exports" component={ExportsPage} />
      <Route path="/forms" component={FormsPage} />
      <Route path="/forms/new" component={PublishPage} />
      <Show when={me().org.demo}>
        <Route path="/components" component={ComponentsPage} />
      </Show>
      <Route path="*" component={() => <Navigate href="/" />} />
    </Router>
  );
}

/** To the first page that this person may use; who may use none is told where her work is. */
function First(): JSX.Element {
  const first = () => places.find((place) => may(place.permission));
  return (
    <Show when={first()} fallback={<Elsewhere />}>
      {(place) => <Navigate href={place().path} />}
    </Show>
  );
}

function Elsewhere(): JSX.Element {
  const roles = () => me().roles.map((each) => each.role);
  return (
    <>
      <DeskBar title={t('ui.appName')} />
      <main class="middle">
        <Empty title={t('desk.elsewhere')}>
          <Switch fallback={t('desk.elsewhereOther')}>
            <Match when={roles().includes('auditor')}>{t('desk.elsewhereAuditor')}</Match>
          </Switch>
        </Empty>
      </main>
    </>
  );
}
