/**
 * What waits for the county. An op is its canonical bytes from the moment it was finished: sending reads them, never
 * makes them anew (S2). Nothing is deleted here; an answered op keeps its text for 35 days (S14), a refused one for good.
 */
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import type { OpRow } from './schema';

/** What can be told of an op without opening it. */
export type OpHead = Pick<OpRow, 'id' | 'n' | 'visit' | 'person' | 'made' | 'starts' | 'state' | 'bytes' | 'fails'>;

export interface Outbox {
  /** In the order in which they were finished. */
  waiting(): Promise<OpHead[]>;
  /** Every op that the county does not hold as accepted. */
  unsettled(): Promise<OpHead[]>;
  opText(id: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Counts one more time that this op, sent alone, got no result of its own. The new count. */
  noteFailure(id: string): Promise<number>;
  /** Its raw bytes lie in the county's quarantine; the queue moves on (S3). */
  noteQuarantined(id: string): Promise<void>;
}

function headOf({ id, n, visit, person, made, starts, state, bytes, fails }: OpRow): OpHead {
  return { id, n, visit, person, made, starts, state, bytes, fails };
}

export function outboxOf(ground: Ground): Outbox {
  const { db, seal, channel } = ground;

  async function ops(wanted: (row: OpRow) => boolean): Promise<OpHead[]> {
    const rows = await db.read(['outbox'], (tx) => tx.objectStore('outbox').getAll());
    return rows
      .filter(wanted)
      .sort((a, b) => a.n - b.n)
      .map(headOf);
  }

  function change(id: string, into: (row: OpRow) => OpRow): Promise<OpRow> {
    return db.write(['outbox'], async (tx) => {
      const row = await tx.objectStore('outbox').get(id);
      if (row === undefined) throw new StoreError('gone');
      const changed = into(row);
      await tx.objectStore('outbox').put(changed);
      return changed;
    });
  }

  return {
    async waiting() {
      const rows = await db.read(['outbox'], (tx) => tx.objectStore('outbox').index('state').getAll('waiting'));
      return rows.sort((a, b) => a.n - b.n).map(headOf);
    },
    unsettled: () => ops((row) => row.state !== 'accepted'),
    async opText(id) {
      const row = await db.read(['outbox'], (tx) => tx.objectStore('outbox').get(id));
      if (row === undefined) throw new StoreError('gone');
      return seal.openBytes(place('outbox', id), row.sealed);
    },
    async noteFailure(id) {
      return (await change(id, (row) => ({ ...row, fails: row.fails + 1 }))).fails;
    },
    async noteQuarantined(id) {
      await change(id, (row) => (row.state === 'waiting' ? { ...row, state: 'quarantined' } : row));
      channel.tell('visits', 'sync');
    },
  };
}
