/** The store of the one who works on this phone now: one database, sealed, put together from its parts. */
import { moment } from '../sync/moment';
import type { Applying } from './apply';
import type { Parts } from './apply/parts';
import type { XForms } from './bodies';
import { type Listener, channelOf } from './channel';
import { type CaptureCards, captureCardsOf } from './capture-cards';
import type { Captures } from './captures';
import { connect, type Connection } from './connection';
import type { Corrections } from './corrections';
import type { Discarded } from './discarded';
import { type Drafts, draftsOf } from './drafts';
import type { Finishing } from './finish';
import { StoreError } from './errors';
import type { Ground } from './ground';
import { type HomeScreen, homeScreenOf } from './home';
import type { Kept } from './kept';
import type { Late } from './late';
import { type Notices, noticesOf } from './notices';
import { type Outbox, outboxOf } from './outbox';
import type { Recordings } from './recordings';
import { databaseName, phone } from './registry';
import { makeDataKey, openDataKey, sealWith } from './seal';
import { shelfOver } from './shelf';
import type { Choices } from './settings';
import { type Standings, standingsOf } from './standing';
import { askToPersist, storageView } from './storage';
import type { Talk } from './talk';
import type { Identity, StorageView } from './types';
import type { Uploads } from './uploads';
import { type Visits, visitsOf } from './visits';
import { type World, worldOf } from './world';
import { type Readable, readableOf } from './xform';

/** What pages use. */
export interface Store
  extends CaptureCards,
    Captures,
    Corrections,
    Discarded,
    Drafts,
    Finishing,
    HomeScreen,
    Notices,
    Recordings,
    Talk,
    Visits,
    World,
    Omit<Choices, 'noteSent'>,
    Readable,
    Pick<XForms, 'formFile'> {
  readonly identity: Identity;
  /** Calls back in every tab of this user when something has changed. Returns the way to stop it. */
  onStoreChange(listener: Listener): () => void;
  storage(): Promise<StorageView | null>;
  close(): void;
  /** What sync uses. */
  readonly exchange: ExchangeStore;
}

export interface ExchangeStore
  extends Applying,
    Outbox,
    Parts,
    Standings,
    Uploads,
    Kept,
    Pick<Choices, 'noteSent'>,
    Omit<XForms, 'formFile'> {
  /** Signs requests; it cannot be taken out of the browser. */
  readonly signing: CryptoKeyPair;
}

/** The data key of this database; made once, also when two tabs open it at the same moment. */
async function dataKey(db: Connection, wrapping: CryptoKey): Promise<CryptoKey> {
  const there = await db.read(['keys'], (tx) => tx.objectStore('keys').get('data'));
  if (there !== undefined) return openDataKey(wrapping, there);
  const made = await makeDataKey(wrapping);
  const kept = await db.write(['keys'], async (tx) => {
    const first = await tx.objectStore('keys').get('data');
    if (first === undefined) await tx.objectStore('keys').put(made, 'data');
    return first ?? made;
  });
  return openDataKey(wrapping, kept);
}

const LATE = [
  'finishVisit',
  'keepCapture',
  'captureBytes',
  'capturePreview',
  'awaitCapture',
  'awaited',
  'settleAwaited',
  'beginRecording',
  'addChunk',
  'recordings',
  'recordingBytes',
  'dropRecording',
  'beginCorrection',
  'editSent',
  'discarded',
  'withdrawVisit',
  'addNote',
  'notes',
  'photosOnWifi',
  'setPhotosOnWifi',
  'sentToday',
  'formFile',
] as const satisfies readonly (keyof Late)[];
const LATE_EXCHANGE = [
  'noteSent',
  'applyExchange',
  'doubtedParts',
  'previewsFor',
  'preview',
  'originalsHere',
  'originalsWanted',
  'originalsOwed',
  'original',
  'noteOffset',
  'noteReceipt',
  'noteUnknown',
  'noteLost',
  'keptWanted',
  'putKept',
  'sweepKept',
  'xformsWanted',
  'putXform',
  'mediaWanted',
  'putMedium',
  'mediumBegun',
  'sweepXforms',
] as const satisfies readonly (keyof Late)[];

/** These functions of a part that is fetched behind the first screen: whoever calls one before waits for it. */
function later<K extends keyof Late>(part: () => Promise<Late>, names: readonly K[]): Pick<Late, K> {
  const call =
    (name: K) =>
    async (...given: never[]): Promise<unknown> =>
      ((await part())[name] as (...given: never[]) => unknown)(...given);
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Pick<Late, K>;
}

/** Opens the store of whoever is chosen on this phone. Throws StoreError `nobody` when no one is enrolled. */
export async function openStore(): Promise<Store> {
  const { identity, signing, wrapping } = await phone();
  const name = databaseName(identity.device, identity.user.id);
  const db = connect(name);
  const seal = sealWith(await dataKey(db, wrapping));
  const ground: Ground = { identity, db, seal, shelf: shelfOver(seal), channel: channelOf(name) };
  const world = worldOf(ground);
  const drafts = draftsOf(ground);
  const visits = visitsOf(ground, world);
  const standings = standingsOf(ground);
  let fetched: Promise<Late> | null = null;
  const late = (): Promise<Late> =>
    (fetched ??= import('./late')
      .then(({ lateParts }) => lateParts(ground, world, visits, standings))
      .catch((cause: unknown) => {
        fetched = null; // the next call tries again
        throw new StoreError('failed', cause);
      }));
  void late().catch(() => undefined); // so that it is there before she takes a photo in a dead spot
  void askToPersist().catch(() => false);
  return {
    identity,
    ...world,
    ...drafts,
    ...visits,
    ...captureCardsOf(ground),
    ...noticesOf(ground, world),
    ...later(late, LATE),
    ...homeScreenOf(world, drafts, visits, () => standings.corrected(moment())),
    ...readableOf(ground),
    onStoreChange: (listener) => ground.channel.listen(listener),
    storage: storageView,
    close() {
      drafts.releaseDrafts();
      ground.channel.close();
      db.close();
    },
    exchange: { signing, ...outboxOf(ground), ...standings, ...later(late, LATE_EXCHANGE) },
  };
}
