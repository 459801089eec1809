/**
 * How any op comes to be: its bytes, the running number and whatever it changes on this phone are ONE transaction, and
 * only when that is on the disk does the promise settle.
 *
 * The op's bytes carry the running number and must be sealed before the transaction opens. So the number is read first,
 * and the transaction stops when somebody took it meanwhile: then it is planned again with the next one.
 */
import { canonical } from '../sync/canonical';
import { newId } from '../sync/ids';
import type { At } from '../sync/messages';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import { FRESH, type OpRow, type Table, type WriteTx } from './schema';
import type { Topic } from './types';

const MOST_TRIES = 20;

export interface Plan {
  readonly kind: string;
  readonly visit: string;
  /** The revision that its author saw, or the op that it builds on. */
  readonly base: string | null;
  readonly at: At;
  /** Anything that has a canonical form. */
  readonly body: unknown;
  readonly about: Pick<OpRow, 'person' | 'starts' | 'refers'>;
  /** What else the transaction touches. */
  readonly tables: readonly Table[];
  /** What changes by it, beside outbox and visits. */
  readonly topics: readonly Topic[];
  /** Does it, in the transaction. False, before it wrote anything: the ground has moved, plan again. Throws to undo. */
  beside(tx: WriteTx): Promise<boolean>;
}

/** `plan` is asked anew for every try, with the op's id and number. */
export async function makeOp(
  { db, seal, channel }: Ground,
  plan: (id: string, n: number) => Promise<Plan>,
): Promise<{ op: string }> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { n: last } = (await db.read(['state'], (tx) => tx.objectStore('state').get('now'))) ?? FRESH;
    const [id, n] = [newId(), last + 1];
    const planned = await plan(id, n);
    const { kind, visit, base, at, body, about, tables, topics } = planned;
    const bytes = canonical({ v: 1, id, kind, n, at, base, body });
    const sealed = await seal.bytes(place('outbox', id), bytes);
    const made = await db.write([...new Set<Table>(['state', 'outbox', ...tables])], async (tx) => {
      const now = (await tx.objectStore('state').get('now')) ?? FRESH;
      if (now.n !== last || !(await planned.beside(tx))) return false;
      await tx.objectStore('state').put({ ...now, n }, 'now');
      await tx.objectStore('outbox').add({
        id,
        n,
        kind,
        visit,
        ...about,
        made: at.wall,
        state: 'waiting',
        bytes: bytes.length,
        fails: 0,
        settled: null,
        code: null,
        problem: null,
        sealed,
      });
      return true;
    });
    if (!made) continue;
    channel.tell('outbox', 'visits', ...topics);
    return { op: id };
  }
  throw new StoreError('failed', new Error('the running number would not hold still'));
}
