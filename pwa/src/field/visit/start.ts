/**
 * What is known before the form: turns a tap at the door into a draft. The facts that the form would ask (whom, how it
 * was at the door) are preset into its own questions, shown there and not asked again.
 */
import type { At, FormHead, Mark, Programme, Subject } from '../../sync/messages';
import type { DraftRecord, DraftState, Store } from '../../store';
import type { Found } from '../position';

/** A question of the form that is answered before it opens. */
export type Preset = readonly [path: string, value: string];

/** What a record's page left behind. */
export interface RecordScreen {
  /** where she was in the form, by the renderer's own name for it; null: at its beginning */
  readonly step: string | null;
  readonly preset: readonly Preset[];
}

/** What the visit's pages left behind. */
export interface Screen {
  /** 补记: when she left; a live visit ends with the tap that finishes it */
  readonly left: At | null;
}

export interface Start {
  readonly user: string;
  readonly team: string;
  readonly programme: string;
  readonly subject: Subject | null;
  /** Where the team works together; left out for a visit to a person. */
  readonly place?: string;
  readonly form: FormHead;
  readonly record: string;
  readonly checkIn: Mark;
  readonly left: At | null;
  readonly door: string | null;
}

export function startDraft(start: Start): DraftState {
  const facts = {
    subject: start.subject,
    place: start.place ?? null,
    participants: [{ user: start.user, in: start.checkIn.at, out: null }],
    helpers_unnamed: 0,
  };
  return {
    ...facts,
    team: start.team,
    programme: start.programme,
    entry: start.left === null ? 'live' : 'later',
    check_in: start.checkIn,
    records: [
      {
        record: start.record,
        form: start.form.form,
        version: start.form.version,
        sha256: start.form.sha256,
        head: start.form,
        filling: null,
        list_rows: {},
        screen: { step: null, preset: presetOf(start, facts) },
      },
    ],
    screen: start.left === null ? null : { left: { ...start.left } },
  };
}

/** When it is: the tap of now, or the times that she says. */
export type When = Pick<Start, 'checkIn' | 'left'>;

/** A draft with nobody chosen: the question whom it is about is answered with nobody, and not asked. */
export function beginDraft(start: Start): DraftState {
  const { subject } = start.form.binds;
  const state = startDraft(start);
  if (subject === null) return state;
  const preset: readonly Preset[] = [[subject, '']];
  return { ...state, records: state.records.map((each) => ({ ...each, screen: { step: null, preset } })) };
}

type Facts = Pick<DraftState, 'subject' | 'place' | 'participants' | 'helpers_unnamed' | 'correction'>;

/**
 * What the form would ask and the visit knows. A place that was picked brings along how many came to it: everybody who
 * is named, and the helpers who are not. What a reviewer asks about is answered in the form.
 */
export function factsOf({ binds, list }: Pick<FormHead, 'binds' | 'list'>, facts: Facts): Preset[] {
  const { subject, place, participants, helpers_unnamed: helpers } = facts;
  const known: Preset[] = [];
  if (binds.subject !== null && subject !== null && subject.list === list) known.push([binds.subject, subject.id]);
  if (place === null || (facts.correction?.asked ?? []).length > 0) return known;
  if (binds.place !== null) known.push([binds.place, place]);
  if (binds.volunteers !== null) known.push([binds.volunteers, String(participants.length + helpers)]);
  return known;
}

function presetOf({ form, door }: Start, facts: Facts): Preset[] {
  const preset = factsOf(form, facts);
  if (form.binds.door !== null && door !== null) preset.push([form.binds.door, door]);
  return preset;
}

/** Of a record that was sent: whom it is about, where, how many came and how it was at the door: told, not asked again. */
export function knownBefore({ binds }: Pick<FormHead, 'binds'>, form: { get(path: string): string }): Preset[] {
  const place = binds.place === null ? '' : form.get(binds.place);
  const counted = place === '' ? null : binds.volunteers;
  return [binds.subject, binds.place, counted, binds.door].flatMap((path): Preset[] => {
    const value = path === null ? '' : form.get(path);
    return path === null || value === '' ? [] : [[path, value]];
  });
}

/** What the draft's pages left behind, whatever release wrote it. */
export function screenOf({ screen }: Pick<DraftState, 'screen'>): Screen {
  return { left: ((screen ?? {}) as Partial<Screen>).left ?? null };
}

/** Of one record; a release that knew one record a visit kept it with the visit's. */
export function recordScreenOf(state: Pick<DraftState, 'screen'>, record: Pick<DraftRecord, 'screen'>): RecordScreen {
  const kept = (record.screen ?? state.screen ?? {}) as Partial<RecordScreen>;
  return {
    step: typeof kept.step === 'string' ? kept.step : null,
    preset: Array.isArray(kept.preset) ? kept.preset : [],
  };
}

export function markOf(at: At, found: Found | { readonly reason: 'later_entry' }): Mark {
  return 'position' in found ? { at, position: found.position } : { at, reason: found.reason };
}

/** A time that is said afterwards: its wall clock is what counts, the rest is the moment at which it was written down. */
export function saidAt(wallMs: number, now: At): At {
  return { ...now, wall: new Date(wallMs).toISOString() };
}

/** Which form a door button opens, and what it answers there. */
export interface DoorWay {
  readonly form: string;
  readonly answer: string;
}

export type Doors = NonNullable<Programme['doors']>;
export type Door = { at: 'seen' } | { at: 'phone' } | { at: 'brief' } | { at: 'not-met'; answer: string };

export function doorWay(doors: Doors, door: Door): DoorWay | null {
  switch (door.at) {
    case 'seen':
      return doors.seen;
    case 'phone':
      return doors.phone;
    case 'brief':
      return doors.brief ?? null;
    case 'not-met':
      return doors.not_met.answers.includes(door.answer) ? { form: doors.not_met.form, answer: door.answer } : null;
  }
}

type Drafts = Pick<Store, 'loadDraft' | 'saveDraft' | 'entity'>;

/** Facts that its form says again were changed: what the form said before is not the last word any more. */
const factsMoved = (records: readonly DraftRecord[]): DraftRecord[] =>
  records.map((each, index) => (index === 0 ? { ...each, done: null } : each));

/** Another place for a visit that is being filled. */
export async function putPlace(
  store: Pick<Store, 'loadDraft' | 'saveDraft'>,
  visit: string,
  id: string,
): Promise<void> {
  const draft = await store.loadDraft(visit);
  if (draft === null) return;
  const records = factsMoved(draft.state.records);
  await store.saveDraft(visit, draft.rev, { ...draft.state, records, place: id });
}

/** Who came: whoever stays keeps her times, whoever is new came with the check-in. */
export async function putTogether(
  store: Pick<Store, 'loadDraft' | 'saveDraft'>,
  visit: string,
  users: readonly string[],
  helpers: number,
): Promise<void> {
  const draft = await store.loadDraft(visit);
  if (draft === null) return;
  const before = new Map(draft.state.participants.map((each) => [each.user, each]));
  const came = draft.state.check_in.at;
  const participants = users.map((user) => before.get(user) ?? { user, in: came, out: null });
  const records = factsMoved(draft.state.records);
  await store.saveDraft(visit, draft.rev, { ...draft.state, records, participants, helpers_unnamed: helpers });
}

/** Another person for a visit that is being filled: the form takes it over when it is opened next. */
export async function putPerson(store: Drafts, visit: string, person: string): Promise<void> {
  const [draft, entity] = await Promise.all([store.loadDraft(visit), store.entity(person)]);
  if (draft === null || entity === null) return;
  await store.saveDraft(visit, draft.rev, { ...draft.state, subject: { list: entity.list, id: person } });
}
