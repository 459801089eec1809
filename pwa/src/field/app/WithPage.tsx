/** Who is there: reads the team of a draft, and puts who came into it. */
import '../../i18n/areas/phone-later';
import { createResource, createSignal, type JSX, Show } from 'solid-js';
import { formatTime, inWords, t } from '../../i18n';
import type { DraftState, Store } from '../../store';
import { Empty, Loading } from '../../ui';
import { type Companion, companionsOf } from '../model/work';
import { Together } from '../pages/Together';
import { Screen } from '../parts/Screen';
import { navigate, place } from '../router';
import { putTogether } from '../visit/start';
import { useApp } from './context';
import { storeWords } from './trouble';

interface Read {
  readonly state: DraftState;
  readonly where: string;
  readonly work: string;
  readonly companions: readonly Companion[];
  /** she comes from the visit's own page, or its form was open before */
  readonly again: boolean;
}

async function readDraft(store: Store, visit: string): Promise<Read | null> {
  const [draft, teams, places, forms] = await Promise.all([
    store.loadDraft(visit),
    store.teams(),
    store.places(),
    store.forms(),
  ]);
  if (draft === null) return null;
  const { state } = draft;
  const [record] = state.records;
  const form = forms.find((each) => each.form === record?.form);
  const { id: user, name } = store.identity.user;
  return {
    state,
    where: places.find(({ id }) => id === state.place)?.label ?? '',
    work: inWords(form?.title),
    companions: companionsOf(teams.find(({ id }) => id === state.team) ?? null, { user, name, me: true }),
    again:
      place().search.has('again') || state.records.some(({ filling, sent }) => filling !== null || sent !== undefined),
  };
}

export function WithPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [read] = createResource(() => readDraft(app.store, props.id));
  const toForm = () => navigate(`/visit/${props.id}`, { replace: true });

  const done = async (came: readonly string[], helpers: number): Promise<void> => {
    try {
      await putTogether(app.store, props.id, came, helpers);
      toForm();
    } catch (cause) {
      setTrouble(storeWords(cause));
    }
  };
  /** Nobody was put into it yet and no form was opened: she was at the wrong place. */
  const back = async ({ again, state }: Read): Promise<void> => {
    if (again || state.participants.length > 1) return toForm();
    await app.store.discardDraft(props.id).catch(() => undefined);
    navigate('/new', { replace: true });
  };

  return (
    <Show when={!read.loading} fallback={<Loading />}>
      <Show when={read()} fallback={<Gone />}>
        {(draft) => (
          <Together
            where={draft().where}
            work={draft().work}
            companions={draft().companions}
            came={draft().state.participants.map(({ user }) => user)}
            helpers={draft().state.helpers_unnamed}
            again={draft().again}
            checkedIn={
              draft().again || draft().state.entry !== 'live'
                ? null
                : formatTime(draft().state.check_in.at.wall, app.org().timezone)
            }
            trouble={trouble()}
            onDone={(came, helpers) => void done(came, helpers)}
            onBack={() => void back(draft())}
          />
        )}
      </Show>
    </Show>
  );
}

function Gone(): JSX.Element {
  return (
    <Screen title={t('group.withTitle')} onBack={() => navigate('/')}>
      <Empty title={t('field.savedGone')} />
    </Screen>
  );
}
