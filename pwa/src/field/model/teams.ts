/**
 * For which of her teams a visit to this person can be: a team in which the person is in her care comes first, then
 * teams that look after the person at all, then teams of the person's community.
 */
import type { FormHead, KnownEntity, KnownTeam, Pair } from '../../store/types';

/** Of these the teams whose programme has a form about somebody on this list. */
export const withForms = (
  teams: readonly KnownTeam[],
  forms: readonly Pick<FormHead, 'programme' | 'list'>[],
  list: string,
): KnownTeam[] =>
  teams.filter(({ programme }) => forms.some((form) => form.list === list && form.programme === programme));

export function teamsFor(
  entity: KnownEntity,
  user: string,
  teams: readonly KnownTeam[],
  pairs: readonly Pair[],
  today: string,
): KnownTeam[] {
  const open = pairs.filter(
    (pair) => pair.entity === entity.id && pair.began_on <= today && (pair.ended_on === null || pair.ended_on >= today),
  );
  const rank = (team: KnownTeam): number | null => {
    const paired = open.filter((pair) => pair.team === team.id);
    if (paired.some((pair) => pair.user === user || pair.user === null)) return 0;
    if (paired.length > 0) return 1;
    if (entity.feeds.includes(`team:${team.id}`)) return 2;
    return team.communities.includes(entity.properties.community ?? '') ? 3 : null;
  };
  return teams
    .filter((team) => team.mine)
    .map((team) => ({ team, rank: rank(team) }))
    .filter((each): each is { team: KnownTeam; rank: number } => each.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.team);
}
