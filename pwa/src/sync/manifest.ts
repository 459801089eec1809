/**
 * What this phone holds that the county lacks (S13): drafts and waiting visits with person and time, what was refused,
 * how old, how full. The county can then tell "no visit" from "on a phone" and from "phone silent". Unchanged, it is one
 * hash. Sizes are rounded, so that a byte more does not send it all again.
 */
import type { DraftHead, OpHead, StorageView } from '../store';
import { sha256 } from './canonical';
import type { Manifest, ManifestItem } from './messages';

/** A full manifest stays under the county's 32 kB: beyond these the counts and the hash speak. */
const MOST_ITEMS = 200;
const USED_STEP = 16 * 2 ** 20;
const QUOTA_STEP = 256 * 2 ** 20;

export interface Inventory {
  readonly drafts: readonly DraftHead[];
  /** Every op that the county does not hold as accepted. */
  readonly ops: readonly OpHead[];
  readonly storage: StorageView | null;
  /** Originals of finished visits without a receipt. */
  readonly photos: number;
  /** Feeds whose digest differed (S12). */
  readonly mismatched: readonly string[];
}

export type FullManifest = Required<Omit<Manifest, 'mismatched'>> & Pick<Manifest, 'mismatched'>;

const stepped = (bytes: number, step: number): number => Math.round(bytes / step) * step;

export async function manifestOf({ drafts, ops, storage, photos, mismatched }: Inventory): Promise<FullManifest> {
  const waiting = ops.filter(({ state }) => state === 'waiting');
  const items: ManifestItem[] = [
    ...waiting.map(({ visit, person, made }) => ({ visit, person, at: made })),
    ...drafts.map(({ visit, person, began }) => ({ visit, person, at: began })),
  ];
  const whole = {
    drafts: drafts.length,
    waiting: waiting.length,
    refused: ops.length - waiting.length,
    photos,
    oldest_wall: items.length === 0 ? null : items.map(({ at }) => at).reduce((a, b) => (a < b ? a : b)),
    storage:
      storage === null ? null : { used: stepped(storage.used, USED_STEP), quota: stepped(storage.quota, QUOTA_STEP) },
    items,
    ...(mismatched.length === 0 ? {} : { mismatched }),
  };
  return { ...whole, items: items.slice(0, MOST_ITEMS), hash: await sha256(whole) };
}
