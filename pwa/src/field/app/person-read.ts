/** What the page of a person needs to know, read from the store in one go. */
import { formatDay, formatTime, dayOf, inWords } from '../../i18n';
import type { Draft, FormHead, HomePerson, KnownTeam, Store, VisitCard } from '../../store';
import type { Doors, Subject } from '../../sync/messages';
import { COMMON } from '../model/beginnings';
import { labels, shown } from '../model/person';
import { missedDays } from '../model/right-word';
import { teamsFor, withForms } from '../model/teams';
import { weekOf } from '../model/week';
import type { DraftLine, Ways } from '../pages/Person';
import type { PersonView } from '../parts/WhoCard';
import { choicesOf } from '../visit/choices';

export interface PersonRead {
  readonly entity: string;
  readonly subject: Subject | null;
  /** null: not on this phone any more */
  readonly person: PersonView | null;
  readonly team: KnownTeam | null;
  readonly teams: readonly KnownTeam[];
  /** a check-in here keeps where it was */
  readonly locates: boolean;
  readonly doors: Doors | null;
  readonly forms: readonly FormHead[];
  readonly ways: Ways;
  readonly drafts: readonly DraftLine[];
  /** the matter is done, and by which visit of hers that she may still change */
  readonly done: { readonly slip: string | null } | null;
}

export async function readPerson(store: Store, id: string, wanted: string | null): Promise<PersonRead> {
  const [entity, home, org, pairs, allTeams, programmes, forms, places, visits, drafts] = await Promise.all([
    store.entity(id),
    store.home(),
    store.org(),
    store.pairs(),
    store.teams(),
    store.programmes(),
    store.forms(),
    store.places(),
    store.visits(),
    store.drafts(),
  ]);
  const mine = drafts.filter((draft) => draft.state.subject?.id === id);
  const lines = mine.map((draft) => draftLine(draft, forms, org.timezone, home.today));
  const nobody = { subject: null, team: null, teams: [], locates: false, doors: null, forms: [] } as const;
  const nothing = { entity: id, ...nobody, drafts: lines, done: null };
  if (entity === null) return { ...nothing, person: null, ways: { at: 'none' } };

  const serve = teamsFor(entity, store.identity.user.id, allTeams, pairs, home.today);
  const about = forms.filter((form) => form.list === entity.list);
  const teams = withForms(serve, about, entity.list);
  const team = teams.find((each) => each.id === wanted) ?? teams[0] ?? null;
  const programme = programmes.find((each) => each.key === team?.programme) ?? null;
  const due = home.people.find((person) => person.entity.id === id && person.pair.team === team?.id) ?? null;
  const known = { entity, due, own: visits.filter((visit) => visit.subject?.id === id) };
  const discreet = programme?.sensitive ?? false;
  const fits = [programme?.key, discreet ? null : COMMON];
  const ours = about.filter((form) => fits.includes(form.programme));
  return {
    entity: id,
    subject: { list: entity.list, id },
    person: {
      ...shown(entity, discreet, labels(places), home.today),
      living: discreet ? null : (entity.properties.living ?? null),
      sex: entity.properties.sex ?? null,
      phone: filled(entity.properties.phone ?? entity.properties.guardian_phone),
      reach: filled(entity.properties.safe_contact ?? entity.properties.contact),
      today: home.today,
      ...history(known, home.today, forms),
    },
    team,
    teams,
    locates: programme?.position !== false,
    doors: programme?.doors ?? null,
    forms,
    ways:
      entity.feeds.length === 0 && !entity.unsent
        ? { at: 'read-only' }
        : await waysOf(store, programme?.doors ?? null, forms, ours),
    drafts: lines,
    done: entity.state === 'closed' ? { slip: known.own[0]?.changeable === true ? known.own[0].visit : null } : null,
  };
}

const filled = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim();

interface Known {
  readonly due: HomePerson | null;
  readonly own: readonly VisitCard[];
}

function history(
  { due, own }: Known,
  today: string,
  forms: readonly FormHead[],
): Pick<PersonView, 'week' | 'missed' | 'last'> {
  const [last] = own;
  const form = forms.find((each) => each.form === last?.form);
  const daily = due?.daily === true;
  const overdue = daily && (due.state === 'overdue' || (due.unseen_days ?? 0) > 1);
  const stands = { state: 'overdue', lastSeenOn: null, lastSeenHow: null, triedToday: false } as const;
  return {
    week:
      due === null || !daily
        ? null
        : weekOf({ beganOn: due.pair.began_on, lastSeenOn: due.last_seen_on, visits: own }, today),
    missed: overdue ? { days: missedDays({ ...stands, unseenDays: due.unseen_days }) } : null,
    last: last === undefined || form === undefined ? null : { day: last.day, form: form.title },
  };
}

async function waysOf(
  store: Pick<Store, 'xform'>,
  doors: Doors | null,
  forms: readonly FormHead[],
  ours: readonly FormHead[],
): Promise<Ways> {
  const behind = new Set([doors?.seen.form, doors?.not_met.form, doors?.phone.form, doors?.brief?.form]);
  const titled = ({ form, title }: FormHead) => ({ form, title });
  const visits = ours.filter((form) => form.kind !== 'registration' && !behind.has(form.form)).map(titled);
  const cards = ours.filter((form) => form.kind === 'registration').map(titled);
  if (doors === null) return ours.length === 0 ? { at: 'none' } : { at: 'forms', forms: visits, more: cards };
  const notMet = forms.find((form) => form.form === doors.not_met.form);
  const brief = forms.find((form) => form.form === doors.brief?.form);
  const xform = notMet === undefined ? null : await store.xform(notMet.sha256);
  if (notMet === undefined || xform === null) return { at: 'none' };
  const choices = new Map(choicesOf(xform, notMet.binds.door ?? '').map((choice) => [choice.value, choice.label]));
  return {
    at: 'doors',
    notMet: doors.not_met.answers.map((value) => ({ value, label: choices.get(value) ?? { zh: value, en: value } })),
    brief: brief?.title ?? null,
    more: [...visits, ...cards],
  };
}

function draftLine(draft: Draft, forms: readonly FormHead[], timeZone: string, today: string): DraftLine {
  const form = forms.find((each) => each.form === draft.state.records[0]?.form);
  const wall = draft.state.check_in.at.wall;
  return {
    visit: draft.visit,
    form: form === undefined ? '' : inWords(form.title),
    day: formatDay(dayOf(wall, timeZone), today),
    time: formatTime(wall, timeZone),
  };
}
