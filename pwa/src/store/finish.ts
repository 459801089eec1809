/**
 * Finishing: the visit, its op, the running number and the draft's end are ONE transaction; only when it is on the disk
 * does the promise settle, and only then may a screen say saved.
 *
 * The op's bytes carry the running number and must be sealed before the transaction opens. So the number is read first,
 * and the transaction stops when somebody took it meanwhile: then it is done again with the next one.
 */
import { canonical } from '../sync/canonical';
import { correct, parse } from '../sync/clock';
import { newId } from '../sync/ids';
import type { Anchor, Org, VisitBody } from '../sync/messages';
import { dayIn } from './day';
import { refersOf, startsOf } from './drafts';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import { FRESH, type Table } from './schema';
import type { Card, FinishedVisit } from './types';

const TABLES: Table[] = ['state', 'drafts', 'outbox', 'visits', 'own'];
const MOST_TRIES = 20;

export interface Finishing {
  /** The op that will carry it. Throws `draft_moved` when the draft is not the one that was finished. */
  finishVisit(finished: FinishedVisit): Promise<{ op: string }>;
}

/** A live check-in is corrected; one that is entered later says its time in words, and nothing was tapped then. */
function cameMs({ entry, check_in }: VisitBody, anchors: readonly Anchor[]): number {
  return entry === 'live' ? correct(check_in.at, anchors).ms : parse(check_in.at.wall);
}

async function once(ground: Ground, org: Org, finished: FinishedVisit): Promise<{ op: string } | null> {
  const { db, seal } = ground;
  const { body } = finished;
  const [state, anchors] = await db.read(['state', 'anchors'], async (tx) => [
    (await tx.objectStore('state').get('now')) ?? FRESH,
    await tx.objectStore('anchors').getAll(),
  ]);
  const op = { v: 1, id: newId(), kind: 'visit.put', n: state.n + 1, at: finished.at, base: finished.base, body };
  const bytes = canonical(op);
  const card: Card = {
    team: body.team,
    programme: body.programme,
    form: body.records[0]?.form ?? '',
    subject: body.subject,
    label: finished.label,
    reached: finished.reached,
    day: dayIn(org.timezone, cameMs(body, anchors)),
    check_in: body.check_in.at.wall,
  };
  const [sealed, sealedCard, sealedOwn] = await Promise.all([
    seal.bytes(place('outbox', op.id), bytes),
    seal.json(place('visits', body.visit), card),
    seal.json(place('own', op.id), finished.saves),
  ]);

  return db.write(TABLES, async (tx) => {
    const now = (await tx.objectStore('state').get('now')) ?? FRESH;
    if (now.n !== state.n) return null;
    const draft = await tx.objectStore('drafts').get(body.visit);
    if ((draft?.rev ?? null) !== finished.draft_rev || draft?.discarded !== undefined)
      throw new StoreError('draft_moved');
    await tx.objectStore('state').put({ ...now, n: op.n }, 'now');
    await tx.objectStore('outbox').add({
      id: op.id,
      n: op.n,
      kind: op.kind,
      visit: body.visit,
      person: body.subject?.id ?? null,
      made: finished.at.wall,
      starts: startsOf(body, finished.at),
      state: 'waiting',
      bytes: bytes.length,
      refers: refersOf(body),
      fails: 0,
      settled: null,
      code: null,
      problem: null,
      sealed,
    });
    await tx.objectStore('visits').put({ visit: body.visit, op: op.id, finished: op.at.wall, card: sealedCard });
    const things = finished.saves.map(({ id }) => id);
    if (things.length > 0) await tx.objectStore('own').add({ op: op.id, n: op.n, things, sealed: sealedOwn });
    await tx.objectStore('drafts').delete(body.visit);
    return { op: op.id };
  });
}

export function finishingOf(ground: Ground, org: () => Promise<Org>): Finishing {
  return {
    async finishVisit(finished) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const made = await once(ground, await org(), finished);
        if (made === null) continue;
        ground.channel.tell('drafts', 'visits');
        return made;
      }
      throw new StoreError('failed', new Error('the running number would not hold still'));
    },
  };
}
