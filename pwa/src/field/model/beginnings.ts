/**
 * What is begun with nobody chosen: a new matter of a programme's own list, and the cards that put somebody or some place
 * on a list. Whoever is put on a list is looked after by the team of the visit, so the card of people is one of each of
 * her teams that looks after people; where none does, and for places, it is her first team's. A team whose programme
 * nobody is to know of is none of them.
 */
import type { FormHead, KnownTeam, Programme } from '../../store/types';

export interface Beginning {
  readonly team: KnownTeam;
  readonly form: FormHead;
}

export const COMMON = 'common';
const BEGIN: ReadonlySet<string> = new Set(['case', 'registration']);

export function beginningsOf(
  teams: readonly KnownTeam[],
  programmes: readonly Programme[],
  forms: readonly FormHead[],
): Beginning[] {
  const mine = teams.filter((team) => team.mine);
  const cards = forms.filter((form) => form.creates === true && BEGIN.has(form.kind));
  const own = mine.flatMap((team) =>
    cards.filter((form) => form.programme === team.programme).map((form) => ({ team, form })),
  );
  const programmeOf = (team: KnownTeam) => programmes.find(({ key }) => key === team.programme);
  const open = mine.filter((team) => programmeOf(team)?.sensitive !== true);
  const common = cards
    .filter((form) => form.programme === COMMON)
    .flatMap((form) => {
      const caring = open.filter((each) => programmeOf(each)?.people?.list === form.list);
      return (caring.length > 0 ? caring : open.slice(0, 1)).map((team) => ({ team, form }));
    });
  return [...own, ...common];
}

/** Lists of her teams on which nobody stands yet: whose they are, and who adds somebody. */
export interface EmptyList {
  readonly team: KnownTeam;
  readonly addedBy: 'volunteer' | 'supervisor';
}

export function emptyLists(
  teams: readonly KnownTeam[],
  programmes: readonly Programme[],
  held: (list: string, team: KnownTeam) => boolean,
): EmptyList[] {
  return teams
    .filter((team) => team.mine)
    .flatMap((team) => {
      const people = programmes.find(({ key }) => key === team.programme)?.people ?? null;
      if (people === null || held(people.list, team)) return [];
      return [{ team, addedBy: people.added_by === 'supervisor' ? ('supervisor' as const) : ('volunteer' as const) }];
    });
}
