/** What the phone knows of the world: the feeds' rows, newest first, with own unsent changes on top. */
import type { Bodies, Entity, Kind, Me, Org } from '../sync/messages';
import { type Ground, place } from './ground';
import type { FeedRowHeld, OwnRow, ReadTx } from './schema';
import { fits } from './shapes';
import type { FormHead, KnownEntity, KnownPlace, KnownTeam, OwnChange, Pair, Place, Programme } from './types';

/** Rows that no feed carries any more, but an own draft or unsent op still refers to. */
export const KEPT = '~kept';

/** Of forms that belong to no programme: every team may fill them. */
const COMMON = 'common';

export interface World {
  org(): Promise<Org>;
  me(): Promise<Me>;
  programmes(): Promise<Programme[]>;
  /** The newest version of each form. */
  forms(): Promise<FormHead[]>;
  /** Those that this user's teams fill: no others are fetched, else every form of the county would be on every phone. */
  ownForms(): Promise<FormHead[]>;
  /** How many of them have not come yet. */
  formsMissing(): Promise<number>;
  /** Those that were written down on this phone are among them at once. */
  places(): Promise<KnownPlace[]>;
  teams(): Promise<KnownTeam[]>;
  /** With those that begin with what was written down on this phone. */
  pairs(): Promise<Pair[]>;
  entities(list?: string): Promise<KnownEntity[]>;
  entity(id: string): Promise<KnownEntity | null>;
  /** The newest readable body of each thing of a kind, with the feeds that carry it. */
  known<K extends Kind>(kind: K): Promise<{ body: Bodies[K]; feeds: string[] }[]>;
}

function newestFirst(rows: FeedRowHeld[]): Map<string, FeedRowHeld[]> {
  const things = new Map<string, FeedRowHeld[]>();
  for (const row of rows.sort((a, b) => b.turn - a.turn)) {
    const same = things.get(row.id);
    if (same === undefined) things.set(row.id, [row]);
    else same.push(row);
  }
  return things;
}

/** The renderings that feeds give of one entity add up: `team:T:sensitive` carries what `team:T` leaves out. */
function merged(renderings: readonly Entity[]): Entity {
  const [newest, ...older] = renderings as [Entity, ...Entity[]];
  const properties = Object.assign({}, ...older.map((each) => each.properties).reverse(), newest.properties) as Record<
    string,
    string
  >;
  return { ...newest, label: newest.label || (older.find((each) => each.label)?.label ?? ''), properties };
}

function withOwn(entity: Entity | null, changes: readonly OwnChange[]): Entity | null {
  return changes.reduce<Entity | null>((before, change) => {
    if (before === null && !change.creates) return null; // another's entity that we may not see any more
    const base = before ?? { id: change.id, list: change.list, label: '', properties: {}, state: 'active' };
    const { label, state } = base;
    const properties = { ...base.properties, ...change.properties };
    return { ...base, label: change.label ?? label, state: change.state ?? state, properties };
  }, entity);
}

const filled = (text: string | null): string | null => (text === '' ? null : text);

/** A place with what was written down on this phone; null: it tells of one that is not here. */
function placeWith(known: Place | undefined, id: string, changes: readonly OwnChange[]): KnownPlace | null {
  if (known === undefined && changes[0]?.creates !== true) return null;
  const blank = { id, label: '', kind: '', parent: null, community: null };
  return changes.reduce<KnownPlace>(
    (before, { label, properties: { kind = before.kind, parent = before.parent, community = before.community } }) => ({
      id,
      label: label ?? before.label,
      kind,
      parent: filled(parent),
      community: kind === 'community' ? id : filled(community),
      unsent: true,
    }),
    known ?? blank,
  );
}

/** What own ops made of entries, oldest first; not what she took back again. */
async function inForce(tx: ReadTx): Promise<OwnRow[]> {
  const rows: OwnRow[] = [];
  for (const row of await tx.objectStore('own').getAll()) {
    const op = await tx.objectStore('outbox').get(row.op);
    const visit = op && (await tx.objectStore('visits').get(op.visit));
    if (visit?.withdrawal === undefined) rows.push(row);
  }
  return rows.sort((a, b) => a.n - b.n);
}

export function worldOf(ground: Ground): World {
  const { db, shelf } = ground;

  async function readable<K extends Kind>(kind: K, row: FeedRowHeld): Promise<Bodies[K] | null> {
    for (const sealed of [row.sealed, row.before]) {
      if (sealed === null) continue;
      const body = await shelf.open<unknown>(place('rows', kind, row.id), sealed);
      if (fits(kind, body)) return body;
    }
    return null;
  }

  async function things<K extends Kind>(kind: K): Promise<Map<string, { bodies: Bodies[K][]; feeds: string[] }>> {
    const rows = await db.read(['rows'], (tx) => tx.objectStore('rows').index('kind').getAll(kind));
    const found = new Map<string, { bodies: Bodies[K][]; feeds: string[] }>();
    for (const [id, same] of newestFirst(rows)) {
      const bodies = await Promise.all(same.map((row) => readable(kind, row)));
      const good = bodies.filter((body) => body !== null);
      const feeds = same.map((row) => row.feed).filter((feed) => feed !== KEPT);
      if (good.length > 0) found.set(id, { bodies: good, feeds });
    }
    return found;
  }

  async function known<K extends Kind>(kind: K): Promise<{ body: Bodies[K]; feeds: string[] }[]> {
    const all = [...(await things(kind)).values()];
    return all.flatMap(({ bodies: [body], feeds }) => (body === undefined ? [] : [{ body, feeds }]));
  }

  const plain = async <K extends Kind>(kind: K): Promise<Bodies[K][]> => (await known(kind)).map(({ body }) => body);

  async function ownChanges(): Promise<Map<string, OwnChange[]>> {
    const rows = await db.read(['own', 'outbox', 'visits'], inForce);
    const changes = new Map<string, OwnChange[]>();
    for (const row of rows)
      for (const change of await shelf.open<OwnChange[]>(place('own', row.op), row.sealed))
        changes.set(change.id, [...(changes.get(change.id) ?? []), change]);
    return changes;
  }

  async function everyone(): Promise<KnownEntity[]> {
    const [held, own] = await Promise.all([things('entity'), ownChanges()]);
    const ids = new Set([...held.keys(), ...own.keys()]);
    const entities: KnownEntity[] = [];
    for (const id of ids) {
      const thing = held.get(id);
      const entity = withOwn(thing === undefined ? null : merged(thing.bodies), own.get(id) ?? []);
      if (entity !== null) entities.push({ ...entity, feeds: thing?.feeds ?? [], unsent: own.has(id) });
    }
    return entities;
  }

  async function me(): Promise<Me> {
    const { id, name, language } = ground.identity.user;
    return (await plain('me'))[0] ?? { user: id, name, language, teams: [] };
  }

  async function teams(): Promise<KnownTeam[]> {
    const mine = new Set((await me()).teams.map(({ team }) => team));
    return (await plain('team')).map((team) => ({ ...team, mine: mine.has(team.id) }));
  }

  async function ownForms(): Promise<FormHead[]> {
    const [heads, all] = await Promise.all([plain('form'), teams()]);
    const mine = new Set(all.filter((team) => team.mine).map((team) => team.programme));
    if (mine.size > 0) mine.add(COMMON);
    return heads.filter((head) => mine.has(head.programme));
  }

  return {
    known,
    async org() {
      return (await plain('org'))[0] ?? ground.identity.org;
    },
    me,
    programmes: () => plain('programme'),
    forms: () => plain('form'),
    async places() {
      const [known, own] = await Promise.all([plain('place'), ownChanges()]);
      const places = new Map<string, KnownPlace>(known.map((each) => [each.id, each]));
      for (const [id, changes] of own) {
        const now = changes[0]?.list === 'places' ? placeWith(places.get(id), id, changes) : null;
        if (now !== null) places.set(id, now);
      }
      return [...places.values()];
    },
    teams,
    ownForms,
    async formsMissing() {
      const [heads, here] = await Promise.all([
        ownForms(),
        db.read(['bodies'], (tx) => tx.objectStore('bodies').getAllKeys()),
      ]);
      return heads.filter(({ sha256 }) => !here.includes(sha256)).length;
    },
    async pairs() {
      const [known, own] = await Promise.all([plain('pair'), ownChanges()]);
      const here = new Set(known.map(({ team, entity }) => team + entity));
      const begun = [...own.values()].flatMap(([first]) => first?.pair ?? []);
      return [...known, ...begun.filter(({ team, entity }) => !here.has(team + entity))];
    },
    async entities(list) {
      const all = await everyone();
      return list === undefined ? all : all.filter((entity) => entity.list === list);
    },
    async entity(id) {
      return (await everyone()).find((entity) => entity.id === id) ?? null;
    },
  };
}
