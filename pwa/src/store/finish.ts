/** Finishing: the visit, its op, its photos and the draft's end are one transaction; only then may a screen say saved. */
import { correct, parse } from '../sync/clock';
import type { Anchor, VisitBody } from '../sync/messages';
import { dayIn } from './day';
import { consequences } from './consequences';
import { refersOf, startsOf } from './drafts';
import { dropCapture } from './drop';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import { makeOp, type Plan } from './ops';
import type { DraftRow, Table, WriteTx } from './schema';
import type { Card, DraftState, FinishedVisit } from './types';
import type { World } from './world';

const TABLES: Table[] = ['drafts', 'visits', 'own', 'captures', 'originals', 'previews', 'awaited'];

export interface Finishing {
  /** The op that will carry it. Throws `draft_moved` when the draft is not the one that was finished. */
  finishVisit(finished: FinishedVisit): Promise<{ op: string }>;
}

/** A live check-in is corrected; one that is entered later says its time in words, and nothing was tapped then. */
function cameMs({ entry, check_in }: VisitBody, anchors: readonly Anchor[]): number {
  return entry === 'live' ? correct(check_in.at, anchors).ms : parse(check_in.at.wall);
}

/** What the draft changes: which revision it saw, and what she says to those who asked. */
function changing(state: DraftState | null, { base, body }: FinishedVisit): Pick<FinishedVisit, 'base' | 'body'> {
  const asked = state?.correction ?? null;
  const correction = asked === null ? {} : { correction: { decision: asked.decision, answers: asked.answers } };
  return { base: state?.base ?? base, body: { ...correction, ...body } };
}

/** What the finished visit names waits for the county now; what she took out of it again goes with the draft. */
async function carryAlong(tx: WriteTx, op: string, { visit, records }: VisitBody): Promise<void> {
  const captures = tx.objectStore('captures');
  const named = new Set(records.flatMap(({ attachments }) => attachments.map(({ name }) => name)));
  for (const row of await captures.index('visit').getAll(visit)) {
    if (row.state !== 'draft') continue;
    if (named.has(row.name)) await captures.put({ ...row, state: 'waiting', op });
    else await dropCapture(tx, row);
  }
  await tx.objectStore('awaited').delete(IDBKeyRange.bound([visit], [visit, []]));
}

export function finishingOf(ground: Ground, world: Pick<World, 'org' | 'programmes'>): Finishing {
  const { db, seal, shelf } = ground;

  async function draftOf(row: DraftRow | undefined): Promise<DraftState | null> {
    return row === undefined ? null : shelf.open<DraftState>(place('drafts', row.visit), row.sealed);
  }

  async function plan(finished: FinishedVisit, id: string, n: number): Promise<Plan> {
    const { visit } = finished.body;
    const [draft, anchors] = await db.read(
      ['drafts', 'anchors'],
      async (tx) => [await tx.objectStore('drafts').get(visit), await tx.objectStore('anchors').getAll()] as const,
    );
    const state = await draftOf(draft);
    const { base, body } = changing(state, finished);
    const forms = Object.fromEntries(state?.records.map(({ record, sha256 }) => [record, sha256]) ?? []);
    const card: Card = {
      team: body.team,
      programme: body.programme,
      form: body.records[0]?.form ?? '',
      subject: body.subject,
      label: finished.label,
      reached: finished.reached,
      day: dayIn((await world.org()).timezone, cameMs(body, anchors)),
      check_in: body.check_in.at.wall,
    };
    const occasion = { ...card, user: ground.identity.user.id };
    const saves = consequences(finished.saves, occasion, await world.programmes());
    const [sealedCard, sealedOwn] = await Promise.all([
      seal.json(place('visits', visit), card),
      seal.json(place('own', id), saves),
    ]);
    return {
      kind: 'visit.put',
      visit,
      base,
      at: finished.at,
      body,
      about: { person: body.subject?.id ?? null, starts: startsOf(body, finished.at), refers: refersOf(body) },
      tables: TABLES,
      topics: ['drafts', 'captures', ...(saves.length > 0 ? (['world'] as const) : [])],
      async beside(tx) {
        const row = await tx.objectStore('drafts').get(visit);
        if ((row?.rev ?? null) !== finished.draft_rev || row?.discarded !== undefined)
          throw new StoreError('draft_moved');
        if (row?.rev !== draft?.rev) return false; // it was saved once more while this was planned
        await tx.objectStore('visits').put({ visit, op: id, finished: finished.at.wall, forms, card: sealedCard });
        const things = finished.saves.map((change) => change.id);
        if (things.length > 0) await tx.objectStore('own').add({ op: id, n, things, sealed: sealedOwn });
        await carryAlong(tx, id, body);
        await tx.objectStore('drafts').delete(visit);
        return true;
      },
    };
  }

  return { finishVisit: (finished) => makeOp(ground, (id, n) => plan(finished, id, n)) };
}
