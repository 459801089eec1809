/**
 * How much goes into one exchange (S10). Budgets count UTF-8 bytes, both ways: Chinese text is three bytes a character,
 * so counting characters would send three times what was meant. On a cut the bytes halve, down to one op; when the county
 * will not take a batch as a whole, the number of ops halves, until the one that it stumbles over stands alone (S3).
 */

export const FIRST_BYTES = 65_536;
export const MOST_BYTES = 262_144;
export const LEAST_BYTES = 4_096;
export const MOST_OPS = 50;

export interface Batch {
  readonly bytes: number;
  readonly ops: number;
}

export const FIRST: Batch = { bytes: FIRST_BYTES, ops: MOST_OPS };

/** The ops of the next exchange, in their order: as many as fit, and always one. */
export function pick<T extends { readonly bytes: number }>(waiting: readonly T[], batch: Batch): T[] {
  const picked: T[] = [];
  let room = batch.bytes;
  for (const op of waiting) {
    room -= op.bytes + 1; // the comma
    if (picked.length >= batch.ops || (picked.length > 0 && room < 0)) break;
    picked.push(op);
  }
  return picked;
}

export const MOST_PREVIEWS = 50;
export const MOST_PREVIEW_BYTES = 24_000;

/** What a preview costs in an exchange: base64, and its name round it. */
export const previewCost = (bytes: number): number => Math.ceil(bytes / 3) * 4 + 130;

/** The previews that go with ops of so many bytes: while the budget lasts, and one in any case if no op goes (S8). */
export function pickPreviews<T extends { readonly bytes: number }>(
  waiting: readonly T[],
  batch: Batch,
  opsBytes: number,
): T[] {
  const picked: T[] = [];
  let room = batch.bytes - opsBytes;
  for (const preview of waiting.slice(0, MOST_PREVIEWS)) {
    room -= previewCost(preview.bytes);
    if (room < 0 && (opsBytes > 0 || picked.length > 0)) break;
    picked.push(preview);
  }
  return picked;
}

/** The link broke: send and ask for half as much. */
export function afterCut(batch: Batch): Batch {
  return { ...batch, bytes: Math.max(LEAST_BYTES, Math.floor(batch.bytes / 2)) };
}

/** A batch of so many ops was refused as a whole: half as many. */
export function afterDenial(batch: Batch, sent: number): Batch {
  return { ...batch, ops: Math.max(1, Math.floor(sent / 2)) };
}

export function afterSuccess(batch: Batch): Batch {
  return { bytes: Math.min(MOST_BYTES, batch.bytes * 2), ops: Math.min(MOST_OPS, batch.ops * 2) };
}
