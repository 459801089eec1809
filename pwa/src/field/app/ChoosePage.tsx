/** 记服务: everybody whom her teams look after, those in her own care first. */
import '../../i18n/areas/phone-later';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { inWords } from '../../i18n';
import type { KnownEntity, Store } from '../../store';
import { Loading } from '../../ui';
import { beginningsOf, emptyLists } from '../model/beginnings';
import { labels, shown } from '../model/person';
import { teamsFor, withForms } from '../model/teams';
import { workIcon, workOf } from '../model/work';
import { Choose, type ChooseProps, type EmptyTeam, type WorkLine } from '../pages/Choose';
import type { PersonLine } from '../parts/PersonRow';
import { navigate, place } from '../router';
import { arrive } from '../visit/arrivals';
import { addedForm, type AddedForm, addRecord, makesEntries, putRecordAbout } from '../visit/records';
import { putPerson } from '../visit/start';
import { useApp } from './context';
import { peopleOf, readHome } from './home-read';
import { createLive, keepSame } from './live';
import { storeWords } from './trouble';

interface Read {
  readonly today: string;
  readonly mine: readonly PersonLine[];
  readonly others: readonly PersonLine[];
  readonly closed: readonly PersonLine[];
  readonly work: readonly WorkLine[];
  readonly begin: readonly WorkLine[];
  readonly empty: readonly EmptyTeam[];
  /** the visit that is being filled takes a record about somebody who is on no list */
  readonly unlisted: boolean;
}

/** What may be added to the visit that is being filled. */
async function readAdded(store: Store, visit: string): Promise<AddedForm | null> {
  const [draft, programmes, forms] = await Promise.all([store.loadDraft(visit), store.programmes(), store.forms()]);
  return draft === null ? null : addedForm(draft.state, programmes, forms);
}

async function takesUnlisted(store: Store, visit: string | null): Promise<boolean> {
  const added = visit === null ? null : await readAdded(store, visit);
  const xform = added === null ? null : await store.xform(added.form.sha256);
  return xform !== null && makesEntries(xform);
}

async function readEverybody(store: Store, visit: string | null): Promise<Read> {
  const [all, entities, teams, pairs, programmes, forms, unlisted] = await Promise.all([
    readHome(store),
    store.entities(),
    store.teams(),
    store.pairs(),
    store.programmes(),
    store.forms(),
    takesUnlisted(store, visit),
  ]);
  const { today } = all.home;
  const mine = peopleOf(all);
  const shownAlready = new Set(mine.map((person) => person.id));
  const labelOf = labels(all.places);
  const linesOf = (state: string): PersonLine[] =>
    entities.filter((each) => each.state === state && (each.feeds.length > 0 || each.unsent)).flatMap(lineOf);
  const lineOf = (entity: KnownEntity): PersonLine[] => {
    const serve = teamsFor(entity, store.identity.user.id, teams, pairs, today);
    const [team] = withForms(serve, forms, entity.list);
    if (team === undefined) return [];
    const programme = programmes.find((each) => each.key === team.programme);
    const said = shown(entity, programme?.sensitive ?? false, labelOf, today);
    const locates = programme?.position !== false;
    const matter = all.matters.has(entity.list);
    return [{ id: entity.id, href: `/person/${entity.id}`, ...said, stands: null, daily: false, locates, matter }];
  };
  const byName = (a: PersonLine, b: PersonLine) => a.name.localeCompare(b.name, 'zh');
  const work = workOf(teams, forms).map(({ team, form }) => ({
    href: `/place/${form.form}?team=${team.id}`,
    name: inWords(form.title),
    team: inWords(team.name),
    icon: workIcon(form),
  }));
  const begin = beginningsOf(teams, programmes, forms).map(({ team, form }) => ({
    href: `/begin/${form.form}?team=${team.id}`,
    name: inWords(form.title),
    team: inWords(team.name),
    icon: form.kind === 'registration' ? ('pencil-line' as const) : ('plus' as const),
  }));
  const empty = emptyLists(teams, programmes, (list, team) =>
    entities.some((entity) => entity.list === list && (entity.unsent || entity.feeds.includes(`team:${team.id}`))),
  ).map(({ team, addedBy }) => ({ team: inWords(team.name), addedBy }));
  return {
    today,
    mine,
    others: linesOf('active')
      .filter(({ id }) => !shownAlready.has(id))
      .sort(byName),
    closed: linesOf('closed').sort(byName).reverse(),
    work,
    begin,
    empty,
    unlisted,
  };
}

export function ChoosePage(): JSX.Element {
  const app = useApp();
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const read = createLive(app.store, ['world', 'visits', 'drafts'], () =>
    readEverybody(app.store, place().search.get('for')),
  );
  const visit = () => place().search.get('for');
  /** at an event: the record that is about the wrong person, or one that is to be added */
  const record = () => place().search.get('record');
  const adds = () => place().search.has('add');
  const later = () => place().search.has('later');
  const linked = (people: readonly PersonLine[]) => people.map((person) => ({ ...person, href: hrefOf(person.id) }));
  const hrefOf = (id: string) => (later() ? `/person/${id}?later=1` : `/person/${id}`);

  const putRecord = async (about: string, person: string | null): Promise<void> => {
    const entity = person === null ? null : await app.store.entity(person);
    const subject = entity === null ? null : { list: entity.list, id: entity.id };
    const wrong = record();
    const added = wrong === null ? await readAdded(app.store, about) : null;
    if (wrong !== null) await putRecordAbout(app.store, about, wrong, subject);
    const next = added === null ? wrong : await addRecord(app.store, about, added, subject);
    navigate(next === null ? `/records/${about}` : `/visit/${about}?record=${next}`, { replace: true });
  };
  let busy = false;
  /** null: somebody who is on no list */
  const put = async (person: string | null, about: string): Promise<void> => {
    if (busy) return; // a second tap is the same person
    busy = true;
    try {
      if (adds() || record() !== null) return await putRecord(about, person);
      if (person !== null) await putPerson(app.store, about, person);
      navigate(`/visit/${about}`, { replace: true });
    } catch (cause) {
      setTrouble(storeWords(cause));
    } finally {
      busy = false;
    }
  };
  const back = (about: string | null): void => {
    const wrong = record();
    const form = wrong === null ? `/visit/${about ?? ''}` : `/visit/${about ?? ''}?record=${wrong}`;
    navigate(adds() ? `/records/${about ?? ''}` : form, { replace: true });
  };
  /** At an event nobody is due: whoever comes, comes. */
  const shownAs = (people: readonly PersonLine[]) =>
    adds() || record() !== null ? people.map((person) => ({ ...person, stands: null })) : people;
  const timed = (line: WorkLine): WorkLine => (later() ? { ...line, href: `${line.href}&later=1` } : line);
  const lists = createMemo<Read | null>((before) => {
    const all = read();
    if (all === undefined) return null;
    return {
      today: all.today,
      unlisted: all.unlisted,
      mine: keepSame(before?.mine, shownAs(linked(all.mine))),
      others: keepSame(before?.others, linked(all.others)),
      closed: keepSame(before?.closed, linked(all.closed)),
      work: keepSame(before?.work, all.work.map(timed)),
      begin: keepSame(before?.begin, all.begin.map(timed)),
      empty: keepSame(before?.empty, all.empty),
    };
  }, null);
  return (
    <Show when={lists()} fallback={<Loading />}>
      {(all) => (
        <Choose
          mine={all().mine}
          others={all().others}
          closed={all().closed}
          work={visit() === null ? all().work : []}
          begin={visit() === null ? all().begin : []}
          empty={visit() === null ? all().empty : []}
          today={all().today}
          where={app.where()}
          mode={modeOf(visit() !== null, adds(), later())}
          onUnlisted={all().unlisted && (adds() || record() !== null) ? () => void put(null, visit() ?? '') : undefined}
          trouble={trouble()}
          onLater={(on) => navigate(on ? '/new?later=1' : '/new', { replace: true })}
          onPerson={(person, event) => {
            const about = visit();
            if (about !== null) {
              event.preventDefault();
              void put(person.id, about);
            } else if (!later()) arrive(person.id, person.locates);
          }}
          onBack={() => back(visit())}
          onSent={() => navigate('/sent')}
        />
      )}
    </Show>
  );
}

function modeOf(filling: boolean, adds: boolean, later: boolean): ChooseProps['mode'] {
  if (filling) return adds ? 'comes' : 'other';
  return later ? 'later' : 'now';
}
