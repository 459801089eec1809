/**
 * What is kept for a time goes when the time is over, by the server's clock: a phone whose clock jumps a year ahead must
 * not lose what it holds for a restored county (S14).
 */
import { isOlder } from '../day';
import { dropCapture } from '../drop';
import { dropRecordingIn } from '../recordings';
import type { WriteTx } from '../schema';

const OP_TEXT_DAYS = 35;
const DISCARDED_DAYS = 7;
const FILES_DAYS = 1;
const ANCHORS_A_START = 6;

/** Texts of acknowledged ops, with their visits once the county's own row has left too. */
async function dropOps(tx: WriteTx, now: string): Promise<void> {
  const outbox = tx.objectStore('outbox');
  for (const row of await outbox.index('state').getAll('accepted'))
    if (row.settled !== null && isOlder(row.settled, now, OP_TEXT_DAYS)) await outbox.delete(row.id);
  const held = new Set(await outbox.getAllKeys());
  for (const { visit, op } of await tx.objectStore('visits').getAll()) {
    if (held.has(op)) continue;
    if ((await tx.objectStore('rows').index('thing').count(['visit', visit])) === 0)
      await tx.objectStore('visits').delete(visit);
  }
}

/** Own changes of entities, once the county has taken them and the feeds have brought what it made of them. */
async function dropOwn(tx: WriteTx): Promise<void> {
  for (const { op } of await tx.objectStore('own').getAll()) {
    const row = await tx.objectStore('outbox').get(op);
    if (row === undefined || row.state === 'accepted') await tx.objectStore('own').delete(op);
  }
}

async function dropDrafts(tx: WriteTx, now: string): Promise<void> {
  for (const row of await tx.objectStore('drafts').getAll()) {
    if (row.discarded === undefined) continue;
    if (row.discarded === '') await tx.objectStore('drafts').put({ ...row, discarded: now });
    else if (isOlder(row.discarded, now, DISCARDED_DAYS)) await tx.objectStore('drafts').delete(row.visit);
  }
}

/**
 * Photos and recordings of a draft go with it, when its week is over. Those of a visit go with the visit: its previews
 * stay as long as it is listed.
 */
async function dropFiles(tx: WriteTx, now: string): Promise<void> {
  const drafts = new Set(await tx.objectStore('drafts').getAllKeys());
  const heads = await tx.objectStore('rows').index('kind').getAllKeys('visit');
  const own = await tx.objectStore('visits').getAllKeys();
  const listed = new Set([...drafts, ...own, ...heads.map(([, , visit]) => visit)]);
  const captures = tx.objectStore('captures');
  for (const { idle, ...row } of await captures.getAll()) {
    const needed = row.state === 'draft' ? drafts.has(row.visit) : row.receipt === null || listed.has(row.visit);
    if (needed && idle !== undefined) await captures.put(row);
    else if (!needed && idle === undefined)
      await captures.put({ ...row, idle: now }); // its draft may be on its way
    else if (!needed && idle !== undefined && isOlder(idle, now, FILES_DAYS)) await dropCapture(tx, row);
  }
  for (const { id, visit } of await tx.objectStore('recordings').getAll())
    if (!listed.has(visit)) await dropRecordingIn(tx, id);
  for (const { visit, path } of await tx.objectStore('awaited').getAll())
    if (!drafts.has(visit)) await tx.objectStore('awaited').delete([visit, path]);
}

/** Of each app start that an op or a draft names, and of this one, a few anchors: the first, and the newest. */
async function dropAnchors(tx: WriteTx, start: string): Promise<void> {
  const anchors = tx.objectStore('anchors');
  const ops = await tx.objectStore('outbox').getAll();
  const drafts = await tx.objectStore('drafts').getAll();
  const named = new Set([start, ...[...ops, ...drafts].flatMap((row) => row.starts)]);
  const seen = new Map<string, number[]>();
  const [keys, values] = [await anchors.getAllKeys(), await anchors.getAll()];
  for (const [index, anchor] of values.entries()) {
    const key = keys[index];
    if (key !== undefined) seen.set(anchor.start, [...(seen.get(anchor.start) ?? []), key]);
  }
  for (const [name, all] of seen) {
    const excess = named.has(name) ? all.slice(1, Math.max(1, all.length - ANCHORS_A_START + 1)) : all;
    for (const key of excess) await anchors.delete(key);
  }
}

export async function prune(tx: WriteTx, now: string, start: string, caughtUp: boolean): Promise<void> {
  if (caughtUp) await dropOwn(tx);
  await dropOps(tx, now);
  await dropDrafts(tx, now);
  await dropFiles(tx, now);
  await dropAnchors(tx, start);
}
