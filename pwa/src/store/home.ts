/**
 * The home screen's three questions: who is due today, what is half-done, what has not reached the county and why.
 *
 * Shown are the people of this volunteer's open pairs, longest unseen first. Whether somebody was seen is told by the
 * pair (anybody's visit, as the county knows it) and by own visits that the county may not have yet.
 */
import type { Pair } from '../sync/messages';
import { dayAfter, dayIn, daysBetween } from './day';
import type { Drafts } from './drafts';
import type { Draft, DraftCard, Home, HomePerson, KnownEntity, PersonState, Programme, VisitCard } from './types';
import type { Visits } from './visits';
import type { World } from './world';

export interface HomeFacts {
  readonly today: string;
  readonly user: string;
  readonly teams: readonly { readonly id: string; readonly programme: string; readonly mine: boolean }[];
  readonly pairs: readonly Pair[];
  readonly entities: readonly KnownEntity[];
  readonly programmes: readonly Programme[];
  readonly drafts: readonly Draft[];
  readonly visits: readonly VisitCard[];
  readonly places: readonly { readonly id: string; readonly label: string }[];
}

function lastSeen(pair: Pair, visits: readonly VisitCard[]): string | null {
  const days = visits.filter((visit) => visit.reached === true).map((visit) => visit.day);
  if (pair.last_seen_on !== null) days.push(pair.last_seen_on);
  return days.length === 0 ? null : days.reduce((a, b) => (a > b ? a : b));
}

/** Somebody who is not looked in on every day is never late today. */
const daily = (programme: Programme | null): boolean => programme?.daily !== false;

function stateOf(
  pair: Pair,
  seen: string | null,
  draft: Draft | undefined,
  today: string,
  visit: VisitCard | undefined,
  everyDay: boolean,
): PersonState {
  if (draft !== undefined) return 'draft';
  if (visit?.state === 'waiting') return 'waiting';
  if (visit !== undefined && visit.state !== 'approved') return 'received';
  if (visit !== undefined || seen === today || !everyDay) return 'done';
  const known = seen ?? pair.began_on; // whoever began it was there that day: nobody is late the day after
  return known < dayAfter(today, -1) ? 'overdue' : 'due';
}

function person(facts: HomeFacts, pair: Pair, entity: KnownEntity): HomePerson {
  const own = facts.visits.filter((visit) => visit.subject?.id === entity.id && visit.state !== 'withdrawn');
  const ofToday = own.filter((visit) => visit.day === facts.today && visit.withdrawal !== 'waiting');
  // A correction is about a visit of another day, and does not look in on her today.
  const draft = facts.drafts.find(({ state }) => state.subject?.id === entity.id && (state.base ?? null) === null);
  const visit = ofToday.find(({ state }) => state === 'waiting') ?? ofToday[0];
  const seen = lastSeen(pair, own);
  const team = facts.teams.find(({ id }) => id === pair.team);
  const programme = facts.programmes.find(({ key }) => key === team?.programme) ?? null;
  return {
    entity,
    pair,
    programme,
    state: stateOf(pair, seen, draft, facts.today, visit, daily(programme)),
    daily: daily(programme),
    visit: draft?.visit ?? visit?.visit ?? null,
    last_seen_on: seen,
    unseen_days: seen === null ? null : daysBetween(seen, facts.today),
    discreet: programme?.sensitive ?? false,
  };
}

function longestUnseenFirst(a: HomePerson, b: HomePerson): number {
  const [first, second] = [a.last_seen_on ?? '', b.last_seen_on ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.entity.label < b.entity.label ? -1 : Number(a.entity.label > b.entity.label);
}

function people(facts: HomeFacts): HomePerson[] {
  const entities = new Map(facts.entities.map((entity) => [entity.id, entity]));
  const mine = new Set(facts.teams.filter((team) => team.mine).map((team) => team.id));
  const programmes = new Map(facts.programmes.map((programme) => [programme.key, programme]));
  const served = new Map(facts.teams.map((team) => [team.id, programmes.get(team.programme) ?? null]));
  /** Whom a team looks after together, and not every day, is found where a service is recorded. */
  const everyDay = (pair: Pair): boolean => daily(served.get(pair.team) ?? null);
  const seen = new Set<string>();
  const found: HomePerson[] = [];
  for (const pair of facts.pairs) {
    const entity = entities.get(pair.entity);
    const ours = pair.user === facts.user || (pair.user === null && mine.has(pair.team) && everyDay(pair));
    const open = pair.began_on <= facts.today && (pair.ended_on === null || pair.ended_on >= facts.today);
    if (!ours || !open || entity?.state !== 'active') continue;
    if (seen.has(`${pair.team}/${entity.id}`)) continue;
    seen.add(`${pair.team}/${entity.id}`);
    found.push(person(facts, pair, entity));
  }
  return found.sort(longestUnseenFirst);
}

/** `labels`: of people and places, by id. */
export function draftCard(draft: Draft, labels: ReadonlyMap<string, string>): DraftCard {
  const { state } = draft;
  const about = state.subject?.id ?? state.place;
  return {
    visit: draft.visit,
    changed: draft.changed,
    check_in: state.check_in.at.wall,
    team: state.team,
    programme: state.programme,
    form: state.records[0]?.form ?? null,
    subject: state.subject,
    label: about === null ? null : (labels.get(about) ?? null),
    corrects: (state.base ?? null) !== null,
    stands: state.records.flatMap((record) => record.stands ?? []).at(-1) ?? null,
  };
}

export function homeOf(facts: HomeFacts): Home {
  const labels = new Map([...facts.places, ...facts.entities].map(({ id, label }) => [id, label]));
  const waiting = facts.visits.filter(({ state }) => state === 'waiting').reverse();
  const returned = facts.visits.filter(({ state }) => state === 'returned');
  const handling = facts.visits.filter((visit) => visit.handling);
  const drafts = facts.drafts.map((draft) => draftCard(draft, labels));
  const counts = {
    drafts: drafts.length,
    waiting: waiting.length,
    handling: handling.length,
    returned: returned.length,
  };
  return { today: facts.today, people: people(facts), drafts, returned, waiting, handling, counts };
}

export interface HomeScreen {
  /** `nowMs`: by the county's clock as far as the phone knows it. */
  home(nowMs?: number): Promise<Home>;
}

export function homeScreenOf(world: World, drafts: Drafts, visits: Visits, now: () => Promise<number>): HomeScreen {
  return {
    async home(nowMs) {
      const [at, org, me] = await Promise.all([nowMs ?? now(), world.org(), world.me()]);
      const [teams, pairs, entities, programmes, places, allDrafts, allVisits] = await Promise.all([
        world.teams(),
        world.pairs(),
        world.entities(),
        world.programmes(),
        world.places(),
        drafts.drafts(),
        visits.visits(),
      ]);
      const today = dayIn(org.timezone, at);
      return homeOf({
        today,
        user: me.user,
        teams,
        pairs,
        entities,
        programmes,
        places,
        drafts: allDrafts,
        visits: allVisits,
      });
    },
  };
}
