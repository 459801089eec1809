/** What her teams do together at places: forms that are about a place and about nobody on a list. */
import type { FormHead, KnownTeam, Place } from '../../store/types';
import type { IconName } from '../../ui';

export interface Work {
  readonly team: KnownTeam;
  readonly form: FormHead;
}

export function workOf(teams: readonly KnownTeam[], forms: readonly FormHead[]): Work[] {
  return teams
    .filter((team) => team.mine)
    .flatMap((team) =>
      forms
        .filter((form) => form.programme === team.programme && form.list === null && form.binds.place !== null)
        .filter((form) => form.kind !== 'registration')
        .map((form) => ({ team, form })),
    );
}

const ICONS: Readonly<Record<string, IconName>> = {
  inspection: 'clipboard-check',
  lecture: 'message-square-text',
  patrol: 'eye',
};

export const workIcon = ({ kind }: Pick<FormHead, 'kind'>): IconName => ICONS[kind] ?? 'users';

/** Places of the communities that the team serves, these themselves among them; of all, where it names none. */
export function placesOf<P extends Place>(team: Pick<KnownTeam, 'communities'>, places: readonly P[]): P[] {
  const served = new Set(team.communities);
  if (served.size === 0) return [...places];
  return places.filter(({ id, community }) => served.has(id) || (community !== null && served.has(community)));
}

export interface Companion {
  readonly user: string;
  readonly name: string;
  readonly me: boolean;
}

/** Who may have come: she herself first, then the team by name. */
export function companionsOf(team: Pick<KnownTeam, 'members'> | null, me: Companion): Companion[] {
  const others = (team?.members ?? []).filter(({ user }) => user !== me.user);
  return [me, ...others.map(({ user, name }) => ({ user, name, me: false })).sort(byName)];
}

const byName = (a: Companion, b: Companion) => a.name.localeCompare(b.name, 'zh');
