/**
 * What she says to the county about a visit that was sent: taking it back, and notes, which go both ways. Each is an op
 * of its own, with the visit's newest op as its base.
 */
import { moment } from '../sync/moment';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import { makeOp, type Plan } from './ops';
import type { OpRow, VisitRow } from './schema';
import type { NoteCard } from './types';
import type { Visits } from './visits';
import type { World } from './world';

export interface Talk {
  /** Takes a visit back that nobody has decided on yet. Throws `gone` when it is too late, or not hers to take back. */
  withdrawVisit(visit: string, reason: string | null): Promise<void>;
  /** A word to whoever reviews it. */
  addNote(visit: string, text: string): Promise<void>;
  /** Of one visit, oldest first; own ones that the county does not have yet too. */
  notes(visit: string): Promise<NoteCard[]>;
}

interface Own {
  readonly row: VisitRow | undefined;
  /** The newest revision that this phone knows: its own op until the county has it, then the county's word. */
  readonly base: string;
}

/** What is held or deferred is with the county, and follows by itself. */
const sent = ({ state }: OpRow): NoteCard['state'] => {
  if (state === 'waiting') return 'waiting';
  return state === 'refused' || state === 'quarantined' ? 'refused' : 'received';
};

export function talkOf(ground: Ground, world: World, visits: Visits): Talk {
  const { db, seal, identity } = ground;

  async function own(visit: string): Promise<Own> {
    const [[row, op], heads] = await Promise.all([
      db.read(['visits', 'outbox'], async (tx) => {
        const found = await tx.objectStore('visits').get(visit);
        return [found, found === undefined ? undefined : await tx.objectStore('outbox').get(found.op)] as const;
      }),
      world.known('visit'),
    ]);
    const head = heads.find(({ body }) => body.visit === visit)?.body;
    const taken = op === undefined || op.state === 'accepted';
    const base = (taken ? head?.revision : undefined) ?? row?.op;
    if (base === undefined) throw new StoreError('gone');
    return { row, base };
  }

  function plan(kind: string, visit: string, base: string, more: Readonly<Record<string, unknown>>): Plan {
    const at = moment();
    return {
      kind,
      visit,
      base,
      at,
      body: { visit, ...more },
      about: { person: null, starts: [at.start], refers: [] },
      tables: [],
      topics: [],
      beside: () => Promise.resolve(true),
    };
  }

  return {
    async withdrawVisit(visit, reason) {
      await makeOp(ground, async (id) => {
        if ((await visits.visit(visit))?.changeable !== true) throw new StoreError('gone');
        const { row, base } = await own(visit);
        if (row === undefined) throw new StoreError('gone');
        return {
          ...plan('visit.withdraw', visit, base, reason === null ? {} : { reason }),
          tables: ['visits'],
          topics: ['world'],
          async beside(tx) {
            const now = await tx.objectStore('visits').get(visit);
            if (now?.op !== row.op) return false;
            await tx.objectStore('visits').put({ ...now, withdrawal: id });
            return true;
          },
        };
      });
    },

    async addNote(visit, text) {
      const { base } = await own(visit);
      await makeOp(ground, () => Promise.resolve(plan('note.add', visit, base, { text })));
    },

    async notes(visit) {
      const [known, ops] = await Promise.all([
        world.known('note'),
        db.read(['outbox'], (tx) => tx.objectStore('outbox').index('visit').getAll(visit)),
      ]);
      const told = known.map(({ body }) => body).filter((note) => note.visit === visit);
      const here = new Set(told.map(({ id }) => id));
      const mine = ops.filter((op) => op.kind === 'note.add' && !here.has(op.id));
      const unknown = mine.map(async (op): Promise<NoteCard> => {
        const bytes = await seal.openBytes(place('outbox', op.id), op.sealed);
        const { body } = JSON.parse(new TextDecoder().decode(bytes)) as { body: { text: string } };
        return { id: op.id, visit, by: identity.user.name, at: op.made, text: body.text, mine: true, state: sent(op) };
      });
      const cards = [
        ...told.map((note): NoteCard => ({ ...note, state: 'received' })),
        ...(await Promise.all(unknown)),
      ];
      return cards.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    },
  };
}
