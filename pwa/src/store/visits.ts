/**
 * Own visits: what was finished on this phone, and what the county says of them. The county's word counts as soon as it
 * has the newest revision; an own op that it does not have yet makes the visit wait again.
 */
import type { VisitHead } from '../sync/messages';
import { type Ground, place } from './ground';
import type { OpRow, VisitRow } from './schema';
import type { Card, VisitCard, VisitState } from './types';
import type { World } from './world';

export interface OpProblem {
  readonly title: string;
  readonly next: string;
}

export interface Visits {
  /** Newest day first, newest check-in first within it. */
  visits(): Promise<VisitCard[]>;
  visit(id: string): Promise<VisitCard | null>;
}

interface Finished {
  readonly row: VisitRow;
  readonly card: Card;
  readonly op: OpRow | undefined;
  readonly problem: OpProblem | null;
}

/** The state in her words. `sent`: of the newest own op; undefined once its text is no longer kept. */
function stateOf(head: VisitHead | undefined, op: OpRow | undefined): { state: VisitState; handling: boolean } {
  if (op?.state === 'waiting') return { state: 'waiting', handling: false };
  const mended = head?.revision === op?.id;
  const aside = op !== undefined && op.state !== 'accepted' && !mended;
  const handling = aside || (head?.handling ?? null) !== null;
  if (!aside && head?.state === 'approved') return { state: 'approved', handling };
  if (!aside && head?.state === 'returned') return { state: 'returned', handling };
  return { state: 'received', handling };
}

function cardOf(head: VisitHead | undefined, own: Finished | undefined): VisitCard | null {
  const shown = own?.card ?? head;
  if (shown === undefined) return null;
  const { state, handling } = stateOf(head, own?.op);
  const code = handling ? (own?.op?.code ?? null) : null;
  return {
    visit: own?.row.visit ?? head?.visit ?? '',
    state,
    handling,
    problem: code === null ? null : { code, title: own?.problem?.title ?? '', next: own?.problem?.next ?? '' },
    team: shown.team,
    programme: shown.programme,
    form: shown.form,
    subject: shown.subject,
    label: own?.card.label ?? null,
    reached: own?.card.reached ?? null,
    day: shown.day,
    check_in: own?.card.check_in ?? head?.check_in_at ?? '',
    received: head?.received_at ?? own?.op?.settled ?? null,
    decisions: head?.decisions ?? [],
  };
}

export function visitsOf(ground: Ground, world: World): Visits {
  const { db, shelf } = ground;

  async function finished(): Promise<Map<string, Finished>> {
    const [rows, ops] = await db.read(
      ['visits', 'outbox'],
      async (tx) =>
        [
          await tx.objectStore('visits').getAll(),
          new Map((await tx.objectStore('outbox').getAll()).map((op) => [op.id, op])),
        ] as const,
    );
    const all = await Promise.all(
      rows.map(async (row): Promise<[string, Finished]> => {
        const op = ops.get(row.op);
        const card = await shelf.open<Card>(place('visits', row.visit), row.card);
        const sealed = op?.problem ?? null;
        const problem = sealed === null ? null : await shelf.open<OpProblem>(place('problems', row.op), sealed);
        return [row.visit, { row, card, op, problem }];
      }),
    );
    return new Map(all);
  }

  async function visits(): Promise<VisitCard[]> {
    const [own, known, entities] = await Promise.all([finished(), world.known('visit'), world.entities()]);
    const heads = new Map(known.map(({ body }) => [body.visit, body]));
    const labels = new Map(entities.map(({ id, label }) => [id, label]));
    const cards: VisitCard[] = [];
    for (const id of new Set([...own.keys(), ...heads.keys()])) {
      const card = cardOf(heads.get(id), own.get(id));
      if (card === null) continue;
      const label = card.label ?? (card.subject === null ? null : (labels.get(card.subject.id) ?? null));
      cards.push({ ...card, label });
    }
    const order = (card: VisitCard): string => card.day + card.check_in;
    return cards.sort((a, b) => (order(a) < order(b) ? 1 : -Number(order(a) > order(b))));
  }

  return {
    visits,
    visit: async (id) => (await visits()).find((card) => card.visit === id) ?? null,
  };
}
