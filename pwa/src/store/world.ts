/** What the phone knows of the world: the feeds' rows, newest first, with own unsent changes on top. */
import type { Bodies, Entity, Kind, Me, Org } from '../sync/messages';
import { type Ground, place } from './ground';
import type { FeedRowHeld } from './schema';
import { fits } from './shapes';
import type { EntityChange, FormHead, KnownEntity, KnownTeam, Pair, Place, Programme } from './types';

/** Rows that no feed carries any more, but an own draft or unsent op still refers to. */
export const KEPT = '~kept';

export interface World {
  org(): Promise<Org>;
  me(): Promise<Me>;
  programmes(): Promise<Programme[]>;
  /** The newest version of each form. */
  forms(): Promise<FormHead[]>;
  places(): Promise<Place[]>;
  teams(): Promise<KnownTeam[]>;
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

function withOwn(entity: Entity | null, changes: readonly EntityChange[]): Entity | null {
  return changes.reduce<Entity | null>((before, change) => {
    if (before === null && !change.creates) return null; // another's entity that we may not see any more
    const base = before ?? { id: change.id, list: change.list, label: '', properties: {}, state: 'active' };
    return { ...base, label: change.label ?? base.label, properties: { ...base.properties, ...change.properties } };
  }, entity);
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

  async function ownChanges(): Promise<Map<string, EntityChange[]>> {
    const rows = await db.read(['own'], (tx) => tx.objectStore('own').getAll());
    rows.sort((a, b) => a.n - b.n);
    const changes = new Map<string, EntityChange[]>();
    for (const row of rows)
      for (const change of await shelf.open<EntityChange[]>(place('own', row.op), row.sealed))
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

  return {
    known,
    async org() {
      return (await plain('org'))[0] ?? ground.identity.org;
    },
    me,
    programmes: () => plain('programme'),
    forms: () => plain('form'),
    places: () => plain('place'),
    async teams() {
      const mine = new Set((await me()).teams.map(({ team }) => team));
      return (await plain('team')).map((team) => ({ ...team, mine: mine.has(team.id) }));
    },
    pairs: () => plain('pair'),
    async entities(list) {
      const all = await everyone();
      return list === undefined ? all : all.filter((entity) => entity.list === list);
    },
    async entity(id) {
      return (await everyone()).find((entity) => entity.id === id) ?? null;
    },
  };
}
