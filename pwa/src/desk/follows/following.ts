/** Who looks after somebody, as one choice among a few: a volunteer of the team, the team together, or nobody. */
import type { FollowLine } from '../../api/types';
import { t } from '../../i18n';

export interface Follower {
  readonly by: 'volunteer' | 'team' | 'nobody';
  readonly user: string | null;
}

export interface Way {
  /** of the choice */
  readonly value: string;
  readonly words: string;
  /** null: as it is now, of several together; choosing it changes nothing */
  readonly follower: Follower | null;
}

const NOBODY: Follower = { by: 'nobody', user: null };
const TEAM: Follower = { by: 'team', user: null };

/** Whoever looks after somebody now; null: several do. */
export function followerOf({ followers }: Pick<FollowLine, 'followers'>): Follower | null {
  const [one, ...others] = followers;
  if (one === undefined) return NOBODY;
  if (others.length > 0) return null;
  return one.user === null ? TEAM : { by: 'volunteer', user: one.user };
}

export const valueOf = (follower: Follower | null): string =>
  follower === null ? 'several' : (follower.user ?? follower.by);

/** Whoever has left the team and still looks after them stands first; she cannot be chosen anew. */
export function waysOf(line: Pick<FollowLine, 'followers' | 'members'>): Way[] {
  const now = followerOf(line);
  const ways: Way[] = line.members.map(({ user, name }) => {
    return { value: user, words: name, follower: { by: 'volunteer', user } };
  });
  ways.push({ value: 'team', words: t('desk.followTeam'), follower: TEAM });
  ways.push({ value: 'nobody', words: t('desk.followNobody'), follower: NOBODY });
  if (ways.every(({ value }) => value !== valueOf(now)))
    ways.unshift({ value: valueOf(now), words: namesOf(line), follower: null });
  return ways;
}

export function namesOf({ followers }: Pick<FollowLine, 'followers'>): string {
  if (followers.length === 0) return t('desk.followNobody');
  return followers.map(({ name }) => name ?? t('desk.followTeam')).join(t('desk.namesBetween'));
}
