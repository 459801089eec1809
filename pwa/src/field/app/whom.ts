/** Whom or where a visit is about, as the bar of its form and the page after it say it. */
import type { DraftState, Store } from '../../store';
import { labels, shown, type Whom } from '../model/person';
import type { Together } from '../words-group';

type Needs = Pick<Store, 'entity' | 'places' | 'programmes'>;

export async function readWhom(
  store: Needs,
  state: Pick<DraftState, 'subject' | 'programme' | 'place'>,
): Promise<Whom> {
  const { subject, place } = state;
  if (subject === null) return { name: await placeName(store, place), address: null };
  const [entity, places, programmes] = await Promise.all([
    store.entity(subject.id),
    store.places(),
    store.programmes(),
  ]);
  if (entity === null) return { name: null, address: null };
  const discreet = programmes.find((programme) => programme.key === state.programme)?.sensitive ?? false;
  const { name, address } = shown(entity, discreet, labels(places), '2000-01-01'); // no age here: the day does not matter
  return { name, address };
}

async function placeName(store: Pick<Store, 'places'>, place: string | null): Promise<string | null> {
  return place === null ? null : ((await store.places()).find(({ id }) => id === place)?.label ?? null);
}

type Came = Pick<DraftState, 'team' | 'place' | 'participants' | 'helpers_unnamed'>;

export async function readGroup(store: Pick<Store, 'teams' | 'identity'>, state: Came): Promise<Together | null> {
  if (state.place === null) return null;
  const team = (await store.teams()).find(({ id }) => id === state.team);
  const { user: me } = store.identity;
  const names = new Map([[me.id, me.name], ...(team?.members ?? []).map(({ user, name }) => [user, name] as const)]);
  return {
    names: state.participants.flatMap(({ user }) => names.get(user) ?? []),
    all: state.participants.length + state.helpers_unnamed,
    helpers: state.helpers_unnamed,
  };
}
