/**
 * Does a change's body have what the pages read? Only that is asked, so that a server may add fields. A body that does
 * not fit is kept as it came, the last one that fitted stays on screen, and the cursor moves on: one odd row must never
 * stop a phone (S4).
 */
import type { Bodies, Kind } from '../sync/messages';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => Number.isSafeInteger(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** A member that an older county does not send. */
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const object =
  (members: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(members).every(([name, check]) => check(value[name]));
const texts: Check = (value) => isObject(value) && Object.values(value).every(text);

const words = object({ zh: text, en: text });
const subject = object({ list: text, id: text });
const doors = object({
  seen: object({ form: text, answer: text }),
  not_met: object({ form: text, answers: listOf(text) }),
  phone: object({ form: text, answer: text }),
});

const asked = object({ record: text, path: text, text });
const mark = object({ at: object({ wall: text, mono: count, start: text }) });
const returned = object({
  decision: text,
  by: text,
  at: text,
  by_day: orNull(text),
  words: orNull(text),
  comments: listOf(asked),
  body: object({
    visit: text,
    team: text,
    programme: text,
    entry: text,
    subject: orNull(subject),
    place: orNull(text),
    check_in: mark,
    check_out: orNull(mark),
    participants: listOf(object({ user: text, in: isObject, out: orNull(isObject) })),
    helpers_unnamed: count,
    records: listOf(
      object({
        record: text,
        form: text,
        version: text,
        xml: text,
        list_rows: isObject,
        attachments: listOf(object({ name: text, sha256: text, bytes: count, type: text })),
        sha256: orAbsent(text),
      }),
    ),
  }),
});

const SHAPES: Record<Kind, Check> = {
  org: object({ code: text, name: words, timezone: text, demo: flag }),
  programme: object({ key: text, name: words, forms: listOf(text), doors: orNull(doors), sensitive: flag }),
  form: object({
    form: text,
    version: text,
    sha256: text,
    bytes: count,
    programme: text,
    title: words,
    list: orNull(text),
    binds: isObject,
    lists: listOf(text),
    one_page: flag,
  }),
  place: object({ id: text, label: text, kind: text, parent: orNull(text), community: orNull(text) }),
  team: object({
    id: text,
    programme: text,
    name: words,
    communities: listOf(text),
    members: listOf(object({ user: text, name: text, leads: flag })),
  }),
  pair: object({
    id: text,
    team: text,
    user: orNull(text),
    entity: text,
    began_on: text,
    ended_on: orNull(text),
    last_seen_on: orNull(text),
    last_seen_how: orNull(text),
  }),
  entity: object({ id: text, list: text, label: text, properties: texts, state: text }),
  me: object({ user: text, name: text, language: text, teams: listOf(object({ team: text, leads: flag })) }),
  visit: object({
    visit: text,
    state: text,
    revision: text,
    team: text,
    programme: text,
    form: text,
    subject: orNull(subject),
    place: orAbsent(orNull(text)),
    day: text,
    check_in_at: text,
    received_at: text,
    handling: orNull(text),
    decisions: listOf(isObject),
    reached: orAbsent(orNull(flag)),
    returned: orAbsent(orNull(returned)),
    mended: orAbsent(listOf(text)),
  }),
  note: object({ id: text, visit: text, by: text, at: text, text, mine: flag }),
  notice: object({ id: text, kind: text, at: text, visit: orNull(text), by: orNull(text), words: orNull(text) }),
};

export function fits<K extends Kind>(kind: K, body: unknown): body is Bodies[K] {
  return SHAPES[kind](body);
}

/** Kinds of a newer server are kept as they come, until a release knows them. */
export function isKnown(kind: string): kind is Kind {
  return Object.hasOwn(SHAPES, kind);
}
