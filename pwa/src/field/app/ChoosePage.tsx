/** 记服务: everybody whom her teams look after, those in her own care first. */
import '../../i18n/areas/phone-later';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { inWords } from '../../i18n';
import type { Store } from '../../store';
import { Loading } from '../../ui';
import { labels, shown } from '../model/person';
import { teamsFor } from '../model/teams';
import { workOf } from '../model/work';
import { Choose, type WorkLine } from '../pages/Choose';
import type { PersonLine } from '../parts/PersonRow';
import { navigate, place } from '../router';
import { arrive } from '../visit/arrivals';
import { putPerson } from '../visit/start';
import { useApp } from './context';
import { peopleOf, readHome } from './home-read';
import { createLive, keepSame } from './live';
import { storeWords } from './trouble';

interface Read {
  readonly today: string;
  readonly mine: readonly PersonLine[];
  readonly others: readonly PersonLine[];
  readonly work: readonly WorkLine[];
}

async function readEverybody(store: Store): Promise<Read> {
  const [all, entities, teams, pairs, programmes, forms] = await Promise.all([
    readHome(store),
    store.entities(),
    store.teams(),
    store.pairs(),
    store.programmes(),
    store.forms(),
  ]);
  const { today } = all.home;
  const mine = peopleOf(all);
  const shownAlready = new Set(mine.map((person) => person.id));
  const labelOf = labels(all.places);
  const others = entities
    .filter((entity) => entity.state === 'active' && entity.feeds.length > 0 && !shownAlready.has(entity.id))
    .flatMap((entity): PersonLine[] => {
      const [team] = teamsFor(entity, store.identity.user.id, teams, pairs, today);
      if (team === undefined) return [];
      const discreet = programmes.find((each) => each.key === team.programme)?.sensitive ?? false;
      return [
        { id: entity.id, href: `/person/${entity.id}`, ...shown(entity, discreet, labelOf, today), stands: null },
      ];
    });
  const work = workOf(teams, forms).map(({ team, form }) => ({
    href: `/place/${form.form}?team=${team.id}`,
    name: inWords(form.title),
    team: inWords(team.name),
  }));
  return { today, mine, others: others.sort((a, b) => a.name.localeCompare(b.name, 'zh')), work };
}

export function ChoosePage(): JSX.Element {
  const app = useApp();
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const read = createLive(app.store, ['world', 'visits', 'drafts'], () => readEverybody(app.store));
  const visit = () => place().search.get('for');
  const later = () => place().search.has('later');
  const linked = (people: readonly PersonLine[]) => people.map((person) => ({ ...person, href: hrefOf(person.id) }));
  const hrefOf = (id: string) => (later() ? `/person/${id}?later=1` : `/person/${id}`);

  const put = async (person: PersonLine, about: string): Promise<void> => {
    try {
      await putPerson(app.store, about, person.id);
      navigate(`/visit/${about}`, { replace: true });
    } catch (cause) {
      setTrouble(storeWords(cause));
    }
  };
  const lists = createMemo<Read | null>((before) => {
    const all = read();
    if (all === undefined) return null;
    return {
      today: all.today,
      mine: keepSame(before?.mine, linked(all.mine)),
      others: keepSame(before?.others, linked(all.others)),
      work: keepSame(
        before?.work,
        all.work.map((line) => (later() ? { ...line, href: `${line.href}&later=1` } : line)),
      ),
    };
  }, null);
  return (
    <Show when={lists()} fallback={<Loading />}>
      {(all) => (
        <Choose
          mine={all().mine}
          others={all().others}
          work={visit() === null ? all().work : []}
          today={all().today}
          where={app.where()}
          mode={visit() !== null ? 'other' : later() ? 'later' : 'now'}
          trouble={trouble()}
          onLater={(on) => navigate(on ? '/new?later=1' : '/new', { replace: true })}
          onPerson={(person, event) => {
            const about = visit();
            if (about !== null) {
              event.preventDefault();
              void put(person, about);
            } else if (!later()) arrive(person.id);
          }}
          onBack={() => navigate(`/visit/${visit() ?? ''}`, { replace: true })}
          onSent={() => navigate('/sent')}
        />
      )}
    </Show>
  );
}
