/** Where the phone stands with the county: what the next request says of it. */
import { correct } from '../sync/clock';
import type { Anchor, At, Cursor } from '../sync/messages';
import type { Ground } from './ground';
import type { OpHead } from './outbox';
import { FRESH, type FeedHeld } from './schema';

const MOST_ANCHORS = 20;

export interface Standing {
  readonly turn: number;
  readonly epoch: string | null;
  readonly cursor: Cursor | null;
  /** Hash of the manifest that the server knows in full. */
  readonly manifest: string | null;
  /** Feeds whose digest differed and that have not matched since (S12). */
  readonly mismatched: readonly string[];
  /** The phone's wall clock at the last answer; null: never heard. */
  readonly heard: string | null;
}

/** A draft, as the manifest names it (S13). */
export interface DraftHead {
  readonly visit: string;
  readonly person: string | null;
  readonly began: string;
}

export interface Standings {
  standing(): Promise<Standing>;
  /** The anchors that correct these ops: of their app starts, newest first (S9). */
  anchorsFor(ops: readonly OpHead[]): Promise<Anchor[]>;
  /** The last one: what tells the county's time now. */
  newestAnchors(): Promise<Anchor[]>;
  draftHeads(): Promise<DraftHead[]>;
  /** A moment of this phone by the county's clock, as far as it is known. */
  corrected(at: At): Promise<number>;
}

/** Without the feeds that are to be read from their start: those the county walks again. */
function cursorOf(epoch: string, held: readonly FeedHeld[]): Cursor {
  const feeds = Object.fromEntries(held.flatMap(({ feed, seq }) => (seq === null ? [] : [[feed, seq]])));
  const walks = Object.fromEntries(held.flatMap(({ feed, walk }) => (walk === null ? [] : [[feed, walk]])));
  return { epoch, feeds, ...(Object.keys(walks).length === 0 ? {} : { walks }) };
}

export function standingsOf({ db }: Ground): Standings {
  const anchors = (): Promise<Anchor[]> => db.read(['anchors'], (tx) => tx.objectStore('anchors').getAll());
  return {
    async standing() {
      const [state, feeds] = await db.read(
        ['state', 'feeds'],
        async (tx) =>
          [(await tx.objectStore('state').get('now')) ?? FRESH, await tx.objectStore('feeds').getAll()] as const,
      );
      return {
        turn: state.turn,
        epoch: state.epoch,
        cursor: state.epoch === null ? null : cursorOf(state.epoch, feeds),
        manifest: state.manifest,
        mismatched: feeds.filter(({ mismatches }) => mismatches > 0).map(({ feed }) => feed),
        heard: state.heard,
      };
    },
    async anchorsFor(ops) {
      const starts = new Set(ops.flatMap((op) => op.starts));
      const found = (await anchors()).filter(({ start }) => starts.has(start)).reverse();
      // each start first by its newest: one that is left out makes its moments uncertain, a second only sharpens them
      const newest = found.filter((one, index) => found.findIndex(({ start }) => start === one.start) === index);
      return [...newest, ...found.filter((one) => !newest.includes(one))].slice(0, MOST_ANCHORS);
    },
    newestAnchors: async () => (await anchors()).slice(-1),
    async draftHeads() {
      const rows = await db.read(['drafts'], (tx) => tx.objectStore('drafts').getAll());
      return rows
        .filter(({ discarded }) => discarded === undefined)
        .map(({ visit, person, began }) => ({ visit, person, began }));
    },
    async corrected(at) {
      return correct(at, await anchors()).ms;
    },
  };
}
