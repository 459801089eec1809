/**
 * Takes one answer in, as ONE transaction: results, changes, cursor, anchor. A phone that dies in the middle has heard
 * nothing and asks again; an answer that is taken in twice changes nothing the second time.
 */
import type { Anchor, Answer } from '../../sync/messages';
import { parse } from '../../sync/clock';
import type { Ground } from '../ground';
import { FRESH, type StateRow, type Table, type WriteTx } from '../schema';
import { Feeds } from './feeds';
import { type Offered, applyPhotos, freeOriginals, offerPhotosAgain } from './photos';
import { prepare } from './prepare';
import { prune } from './prune';
import { applyMended, applyResults, offerAgain } from './results';

const TABLES: Table[] = [
  'state',
  'outbox',
  'visits',
  'own',
  'rows',
  'feeds',
  'drafts',
  'anchors',
  'aside',
  'captures',
  'originals',
  'previews',
  'recordings',
  'chunks',
  'awaited',
  'settings',
];
const NOTHING: Offered = { previews: [], have: [] };

export interface Heard {
  /** The store's turn when the request was written. */
  readonly turn: number;
  readonly answer: Answer;
  readonly anchor: Anchor;
  /** Of the manifest that went with it: the server knows it in full now. */
  readonly manifest: string | null;
  /** What of the photos went with it; nothing unless given. */
  readonly offered?: Offered;
  /** The phone is short of room: what the county holds need not wait for its backup. */
  readonly short?: boolean;
}

export interface Applied {
  /** Another exchange was taken in meanwhile: only the results of this one counted. */
  readonly stale: boolean;
  /** The county was restored: everything is offered and read again. */
  readonly restored: boolean;
  /** Feeds whose digest differs: their parts are to be sent (S12). */
  readonly mismatched: readonly string[];
  /** There is more to fetch, on the county's side or because a feed is to be mended. */
  readonly more: boolean;
}

export interface Applying {
  applyExchange(heard: Heard): Promise<Applied>;
}

function moved(state: StateRow, { answer, anchor, manifest }: Heard, restored: boolean): StateRow {
  return {
    ...state,
    turn: state.turn + 1,
    epoch: answer.epoch,
    server_time: answer.server_time,
    offset_ms: parse(anchor.server) - parse(anchor.wall),
    heard: anchor.wall,
    manifest: restored ? null : (manifest ?? state.manifest),
  };
}

/** What was told before this phone listened is not news on it. */
async function beginNotices(tx: WriteTx, now: string): Promise<void> {
  const settings = tx.objectStore('settings');
  if ((await settings.getKey('notices_read')) === undefined) await settings.put(now, 'notices_read');
}

export function applyingOf(ground: Ground): Applying {
  return {
    async applyExchange(heard) {
      const { answer, anchor, offered = NOTHING, short = false } = heard;
      const prepared = await prepare(ground, answer);
      const applied = await ground.db.write(TABLES, async (tx): Promise<Applied> => {
        const state = (await tx.objectStore('state').get('now')) ?? FRESH;
        const stale = state.turn !== heard.turn;
        const restored = !stale && state.epoch !== null && state.epoch !== answer.epoch;
        if (restored) {
          await offerAgain(tx);
          await offerPhotosAgain(tx);
        }
        // A stale answer of another epoch tells of a county that is no more.
        if (!stale || state.epoch === answer.epoch) {
          await applyResults(tx, answer, prepared);
          await applyPhotos(tx, answer, offered);
        }
        if (stale) return { stale, restored, mismatched: [], more: true };

        await applyMended(tx, prepared.changes, answer.server_time);
        for (const row of prepared.aside) await tx.objectStore('aside').add(row);
        const feeds = await Feeds.within(tx, state.turn + 1);
        if (restored) feeds.readAllAgain();
        for (const feed of answer.left) await feeds.leave(feed);
        for (const feed of answer.reset) feeds.readAgain(feed);
        await feeds.apply(prepared.changes);
        for (const [feed, lying] of prepared.lying) await feeds.dropMissing(feed, lying, prepared.changes);
        if (answer.cursor?.epoch === answer.epoch) feeds.moveTo(answer.cursor);
        let mismatched: string[] = [];
        const caughtUp = answer.cursor !== null && !answer.more;
        if (caughtUp) {
          await feeds.sweep();
          if (answer.feeds !== undefined) {
            await feeds.leaveAllBut(Object.keys(answer.feeds));
            mismatched = await feeds.compare(answer.feeds, answer.parts, answer.server_time);
          }
        }
        await feeds.dropKept();
        await feeds.save();
        await tx.objectStore('anchors').add(anchor);
        await prune(tx, answer.server_time, anchor.start, caughtUp);
        await freeOriginals(tx, answer, short);
        await tx.objectStore('state').put(moved(state, heard, restored), 'now');
        await beginNotices(tx, answer.server_time);
        return { stale, restored, mismatched, more: answer.more || mismatched.length > 0 };
      });
      const photos = answer.receipts.length + answer.wanted.length > 0;
      ground.channel.tell(
        'sync',
        'visits',
        ...(answer.changes.length > 0 ? (['world'] as const) : []),
        ...(photos ? (['captures'] as const) : []),
      );
      return applied;
    },
  };
}
