/**
 * What became of the ops. A result is a fact of the county and counts whenever it comes, from an old answer too. Only a
 * new epoch (a restored county, S14) puts settled ops back to waiting: the county may have forgotten them, and hearing
 * them twice is harmless (S2).
 */
import type { Answer, VisitHead } from '../../sync/messages';
import type { OpRow, WriteTx } from '../schema';
import { fits } from '../shapes';
import type { Prepared, PreparedChange } from './prepare';

export async function offerAgain(tx: WriteTx): Promise<void> {
  const outbox = tx.objectStore('outbox');
  for (const row of await outbox.getAll())
    if (row.state !== 'waiting')
      await outbox.put({ ...row, state: 'waiting', settled: null, code: null, problem: null, fails: 0 });
}

export async function applyResults(tx: WriteTx, answer: Answer, prepared: Prepared): Promise<void> {
  const outbox = tx.objectStore('outbox');
  for (const { id, outcome, code } of answer.results) {
    const row = await outbox.get(id);
    if (row === undefined || row.state === 'accepted') continue;
    const problem = prepared.problems.get(id) ?? null;
    await outbox.put({ ...row, state: outcome, code: code ?? null, problem, settled: answer.server_time, fails: 0 });
  }
}

/**
 * A refused, held or deferred op that the county's own row names as the current revision has been taken after all; so has
 * one that it names as mended, in the words of a supervisor.
 */
export async function applyMended(tx: WriteTx, changes: readonly PreparedChange[], serverTime: string): Promise<void> {
  for (const { kind, body } of changes) {
    if (kind !== 'visit' || !fits('visit', body)) continue;
    const { revision, handling, mended = [] }: VisitHead = body;
    for (const id of handling === null ? [revision, ...mended] : mended) {
      const row = await tx.objectStore('outbox').get(id);
      if (row === undefined || row.state === 'accepted' || row.state === 'waiting') continue;
      const taken: OpRow = { ...row, state: 'accepted', code: null, problem: null, settled: serverTime };
      await tx.objectStore('outbox').put(taken);
    }
  }
}
