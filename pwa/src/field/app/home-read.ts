/** What today and the page after a form know of people: read from the store in one go, said as lines of a list. */
import { formatDay, inWords } from '../../i18n';
import type { Home as HomeFacts, Place, Store, VisitCard } from '../../store';
import { matterLists } from '../model/matters';
import { labels, shown } from '../model/person';
import type { Stands } from '../model/right-word';
import type { ReturnedLine } from '../pages/Home';
import type { PersonLine } from '../parts/PersonRow';

export interface HomeRead {
  readonly home: HomeFacts;
  readonly visits: readonly VisitCard[];
  readonly places: readonly Place[];
  readonly forms: ReadonlyMap<string, string>;
  /** the lists of matters */
  readonly matters: ReadonlySet<string>;
  readonly heard: boolean;
  readonly formsMissing: number;
  /** notices that she has not seen, and that nothing else on the page says */
  readonly news: number;
}

/** What is returned has its own card; what is approved is the quiet end, and is told in 通知. */
const TELLING: ReadonlySet<string> = new Set(['noted', 'released']);

export async function readHome(store: Store): Promise<HomeRead> {
  const [home, visits, places, forms, formsMissing, standing, notices] = await Promise.all([
    store.home(),
    store.visits(),
    store.places(),
    store.forms(),
    store.formsMissing(),
    store.exchange.standing(),
    store.notices(),
  ]);
  const titles = new Map(forms.map((form) => [form.form, inWords(form.title)]));
  const news = notices.filter(({ read, kind }) => !read && TELLING.has(kind)).length;
  return {
    home,
    visits,
    places,
    forms: titles,
    matters: matterLists(forms),
    formsMissing,
    heard: standing.heard !== null,
    news,
  };
}

export function peopleOf({ home, visits, places, matters }: HomeRead): PersonLine[] {
  const labelOf = labels(places);
  return home.people.map((person): PersonLine => {
    const today = visits.filter((visit) => visit.day === home.today && visit.subject?.id === person.entity.id);
    const stands: Stands = {
      state: person.state,
      lastSeenOn: person.last_seen_on,
      lastSeenHow: person.pair.last_seen_on === person.last_seen_on ? person.pair.last_seen_how : null,
      unseenDays: person.unseen_days,
      triedToday: today.length > 0 && today.every((visit) => visit.reached === false) && person.unseen_days !== 0,
    };
    return {
      id: person.entity.id,
      href:
        person.state === 'draft' && person.visit !== null ? `/visit/${person.visit}` : `/person/${person.entity.id}`,
      ...shown(person.entity, person.discreet, labelOf, home.today),
      stands,
      daily: person.daily,
      locates: person.programme?.position !== false,
      matter: matters.has(person.entity.list),
    };
  });
}

export function returnedLine(visit: VisitCard, { forms, home }: HomeRead): ReturnedLine {
  const asked = visit.decisions.filter((decision) => decision.kind === 'return');
  const { returned } = visit;
  const day = returned?.by_day ?? null;
  return {
    visit: visit.visit,
    name: visit.label ?? '',
    form: forms.get(visit.form) ?? visit.form,
    by: returned?.by ?? asked.at(-1)?.by ?? null,
    places: new Set(returned?.comments.map(({ record, path }) => `${record} ${path}`)).size,
    day: day === null ? null : formatDay(day, home.today),
    begun: home.drafts.some((draft) => draft.visit === visit.visit),
  };
}
