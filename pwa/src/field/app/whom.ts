/** Whom a visit is about, as the bar of its form and the page after it say it. */
import type { DraftState, Store } from '../../store';
import { labels, shown, type Whom } from '../model/person';

type Needs = Pick<Store, 'entity' | 'places' | 'programmes'>;

export async function readWhom(store: Needs, state: Pick<DraftState, 'subject' | 'programme'>): Promise<Whom> {
  const { subject } = state;
  if (subject === null) return { name: null, address: null };
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
