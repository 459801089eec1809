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
  /** The newest `visit.put`; undefined once its text is no longer kept, as the other. */
  readonly op: OpRow | undefined;
  readonly withdrawal: OpRow | undefined;
  /** The county's words on the one of them that it did not take. */
  readonly problem: OpProblem | null;
}

interface Stands {
  readonly state: VisitState;
  readonly handling: boolean;
}

/** The state in her words. */
function stateOf(head: VisitHead | undefined, op: OpRow | undefined, withdrawal: OpRow | undefined): Stands {
  if (op?.state === 'waiting' || withdrawal?.state === 'waiting') return { state: 'waiting', handling: false };
  if (head?.state === 'withdrawn' || withdrawal?.state === 'accepted') return { state: 'withdrawn', handling: false };
  // The county has it as it is, let it in as it was, or mended it: a supervisor's revision that came after this op.
  const taken = op === undefined || op.state === 'accepted' || head?.revision === op.id;
  const handling = !taken || (head?.handling ?? null) !== null;
  if (taken && head?.state === 'approved') return { state: 'approved', handling };
  if (taken && head?.state === 'returned') return { state: 'returned', handling };
  return { state: 'received', handling };
}

function withdrawalOf(withdrawal: OpRow | undefined): VisitCard['withdrawal'] {
  if (withdrawal === undefined || withdrawal.state === 'accepted') return null;
  return withdrawal.state === 'refused' || withdrawal.state === 'quarantined' ? 'refused' : 'waiting';
}

function returnedOf(head: VisitHead | undefined): VisitCard['returned'] {
  const asked = head?.returned ?? null;
  if (asked === null) return null;
  const { decision, by, at, by_day, words, comments } = asked;
  return { decision, by, at, by_day, words, comments };
}

/** Until the first decision in force, and while the phone has the text of what the county holds. */
function isChangeable(head: VisitHead | undefined, { op, withdrawal }: Finished, { state, handling }: Stands): boolean {
  if (op === undefined || handling || (withdrawal !== undefined && withdrawal.state !== 'refused')) return false;
  if (state === 'waiting') return head === undefined || head.state === 'received';
  return state === 'received' && (head === undefined || head.revision === op.id);
}

function cardOf(head: VisitHead | undefined, own: Finished | undefined): VisitCard | null {
  const shown = own?.card ?? head;
  if (shown === undefined) return null;
  const stands = stateOf(head, own?.op, own?.withdrawal);
  const { state, handling } = stands;
  const withdrawal = withdrawalOf(own?.withdrawal);
  const aside = withdrawal === 'refused' ? own?.withdrawal : handling ? own?.op : undefined;
  const code = aside?.code ?? null;
  return {
    visit: own?.row.visit ?? head?.visit ?? '',
    state,
    handling,
    problem: code === null ? null : { code, title: own?.problem?.title ?? '', next: own?.problem?.next ?? '' },
    returned: state === 'returned' ? returnedOf(head) : null,
    withdrawal,
    changeable: own !== undefined && isChangeable(head, own, stands),
    team: shown.team,
    programme: shown.programme,
    form: shown.form,
    subject: shown.subject,
    label: own?.card.label ?? null,
    reached: own?.card.reached ?? head?.reached ?? null,
    day: head?.day ?? shown.day,
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
        const withdrawal = row.withdrawal === undefined ? undefined : ops.get(row.withdrawal);
        const card = await shelf.open<Card>(place('visits', row.visit), row.card);
        const told = [withdrawal, op].find((each) => (each?.problem ?? null) !== null);
        const sealed = told?.problem ?? null;
        const problem =
          told === undefined || sealed === null
            ? null
            : await shelf.open<OpProblem>(place('problems', told.id), sealed);
        return [row.visit, { row, card, op, withdrawal, problem }];
      }),
    );
    return new Map(all);
  }

  async function visits(): Promise<VisitCard[]> {
    const [own, known, entities, places] = await Promise.all([
      finished(),
      world.known('visit'),
      world.entities(),
      world.places(),
    ]);
    const heads = new Map(known.map(({ body }) => [body.visit, body]));
    const labels = new Map([...places, ...entities].map(({ id, label }) => [id, label]));
    const cards: VisitCard[] = [];
    for (const id of new Set([...own.keys(), ...heads.keys()])) {
      const card = cardOf(heads.get(id), own.get(id));
      if (card === null) continue;
      const about = card.subject?.id ?? heads.get(id)?.place ?? null;
      const label = card.label ?? (about === null ? null : (labels.get(about) ?? null));
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
