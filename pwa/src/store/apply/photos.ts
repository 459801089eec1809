/** What an answer says of photos: which previews it took, what it asks for, what it holds whole (S7, S14). */
import type { Answer } from '../../sync/messages';
import { isOlder } from '../day';
import type { CaptureRow, WriteTx } from '../schema';
import { received } from '../uploads';

const ORIGINAL_DAYS = 35;
/** A receipt beside an upload has the county's time as this phone guesses it; with a worse guess nobody would sign for it. */
const GUESS_MS = 600_000;

/** What of the photos went with the request. */
export interface Offered {
  /** By the SHA-256 of their originals. */
  readonly previews: readonly string[];
  /** Originals that the phone said it has. */
  readonly have: readonly string[];
}

type Which = (row: CaptureRow) => boolean;

const isWaiting: Which = ({ state }) => state === 'waiting';
/** The county owes a word on it. */
const isOwed: Which = (row) => isWaiting(row) || row.pending === true;

async function change(
  tx: WriteTx,
  sha256: string,
  into: (row: CaptureRow) => CaptureRow,
  which = isWaiting,
): Promise<void> {
  const captures = tx.objectStore('captures');
  for (const row of await captures.index('sha256').getAll(sha256)) if (which(row)) await captures.put(into(row));
}

export async function applyPhotos(tx: WriteTx, answer: Answer, { previews, have }: Offered): Promise<void> {
  const wanted = new Map(answer.wanted.map(({ sha256, offset }) => [sha256, offset]));
  for (const sha256 of previews) await change(tx, sha256, (row) => ({ ...row, previewed: true }));
  for (const sha256 of new Set([...have, ...wanted.keys()]))
    await change(tx, sha256, (row) => ({ ...row, wanted: wanted.has(sha256), sent: wanted.get(sha256) ?? row.sent }));
  for (const { sha256, aside = null, pending = false } of answer.receipts)
    await change(tx, sha256, (row) => received(row, aside, answer.server_time, pending), isOwed);
}

/** A restored county: what is still here is offered again, and what it once confirmed counts no more. */
export async function offerPhotosAgain(tx: WriteTx): Promise<void> {
  const captures = tx.objectStore('captures');
  for (const row of await captures.getAll()) {
    if (row.state !== 'received' && row.state !== 'aside' && row.state !== 'waiting') continue;
    if ((await tx.objectStore('originals').getKey(row.sha256)) === undefined) continue;
    const previewed = (await tx.objectStore('previews').getKey(row.sha256)) === undefined;
    await captures.put({
      ...row,
      state: 'waiting',
      wanted: false,
      sent: 0,
      previewed,
      receipt: null,
      freed: false,
      pending: false,
    });
  }
}

/**
 * Originals go once the county has every byte and a backup has passed the receipt, or the phone is short of room, or 35
 * days are over; never before a receipt for every visit that names them.
 */
export async function freeOriginals(tx: WriteTx, answer: Answer, short: boolean): Promise<void> {
  const { backed_up_to, server_time } = answer;
  const captures = tx.objectStore('captures');
  const safe = ({ receipt }: CaptureRow): boolean =>
    receipt !== null &&
    (short ||
      (backed_up_to !== null && Date.parse(receipt) + GUESS_MS <= Date.parse(backed_up_to)) ||
      isOlder(receipt, server_time, ORIGINAL_DAYS));
  const named = new Map<string, CaptureRow[]>();
  for (const row of await captures.getAll()) named.set(row.sha256, [...(named.get(row.sha256) ?? []), row]);
  for (const sha256 of await tx.objectStore('originals').getAllKeys()) {
    const rows = named.get(sha256) ?? [];
    if (rows.length === 0 || !rows.every(safe)) continue;
    await tx.objectStore('originals').delete(sha256);
    for (const row of rows) await captures.put({ ...row, freed: true });
  }
}
