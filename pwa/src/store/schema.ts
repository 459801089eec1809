/**
 * The tables of one user's database on this phone, and how an older one becomes the newest.
 *
 * In clear stand ids, states, sizes and times of own work; everything else is `Sealed`. Versions only add: the release
 * before this one still works on this one's tables, so a half-finished update harms nobody.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { Anchor, Outcome } from '../sync/messages';
import type { Sealed } from './seal';

export const VERSION = 3;

/** Where the phone stands with the county; one row, under `now`. */
export interface StateRow {
  /** The running number of the last op (S13). */
  readonly n: number;
  /** Exchanges applied. An answer to a request of an earlier turn is older than what is here. */
  readonly turn: number;
  readonly epoch: string | null;
  /** Of the last answer. What is old is judged by it, never by the phone's clock alone. */
  readonly server_time: string | null;
  /** What the server's clock was ahead of the phone's, then. */
  readonly offset_ms: number;
  /** The phone's wall clock at the last answer. */
  readonly heard: string | null;
  /** Of the manifest that the server knows in full. */
  readonly manifest: string | null;
}

export interface KeyRow {
  /** The data key, wrapped by the device's own non-extractable key. */
  readonly wrapped: ArrayBuffer;
  readonly iv: Uint8Array<ArrayBuffer>;
}

export interface DraftRow {
  readonly visit: string;
  readonly rev: number;
  readonly began: string;
  readonly changed: string;
  readonly person: string | null;
  /** Entities, places and teams that it speaks of: they stay as long as it does. */
  readonly refers: readonly string[];
  /** XForm bodies that it needs. */
  readonly needs: readonly string[];
  /** The app starts that it names; a tab that was killed half-way makes several. Their anchors go with it (S9). */
  readonly starts: readonly string[];
  /** The server's last known time when it was thrown away; absent: it was not. */
  readonly discarded?: string;
  readonly sealed: Sealed;
}

export type OpState = 'waiting' | Outcome | 'quarantined';

/** An op, immutable. `sealed` are its canonical bytes, never serialised again. */
export interface OpRow {
  readonly id: string;
  readonly n: number;
  readonly kind: string;
  readonly visit: string;
  readonly person: string | null;
  readonly made: string;
  readonly starts: readonly string[];
  readonly state: OpState;
  readonly bytes: number;
  readonly refers: readonly string[];
  /** How often it was refused alone, without a result of its own (S3). */
  readonly fails: number;
  /** The server's time of the answer that settled it. */
  readonly settled: string | null;
  readonly code: string | null;
  readonly problem: Sealed | null;
  readonly sealed: Sealed;
}

/** A visit finished on this phone; its state is its newest op's, until the county's own row says more. */
export interface VisitRow {
  readonly visit: string;
  /** The newest `visit.put`. */
  readonly op: string;
  /** The `visit.withdraw` that she made after it. */
  readonly withdrawal?: string;
  /** XForm body of each record, so that it can be opened again. */
  readonly forms?: Readonly<Record<string, string>>;
  readonly finished: string;
  readonly card: Sealed;
}

/** What an own op made of entities, shown on top of the feeds until they carry it. */
export interface OwnRow {
  readonly op: string;
  readonly n: number;
  readonly things: readonly string[];
  readonly sealed: Sealed;
}

/** One row of a feed as this phone holds it (S4). */
export interface FeedRowHeld {
  readonly feed: string;
  readonly kind: string;
  readonly id: string;
  readonly version: string;
  /** What it adds to the feed's digest, hex (S12). */
  readonly weight: string;
  /** The reading of the feed that it came with: what a full re-read does not bring again is swept. */
  readonly gen: number;
  readonly turn: number;
  /** As it came; null if the server could not render it and it was never known. */
  readonly sealed: Sealed | null;
  /** The last one that fitted, while `sealed` does not. */
  readonly before: Sealed | null;
}

export interface FeedHeld {
  readonly feed: string;
  /** The cursor's number; null: to be read from its start. */
  readonly seq: number | null;
  /** The cursor's note of a reading from the start that is under way. */
  readonly walk: number | null;
  readonly gen: number;
  /** A re-read is under way: rows of older readings go when it ends. */
  readonly sweep: boolean;
  readonly alive: number;
  readonly digest: string;
  /** Since when its digest differs, in comparisons; 0: it agrees. */
  readonly mismatches: number;
  /** The server's time when its repair was given up: it rests for a day. */
  readonly mismatched: string | null;
  /** Its parts go with the next exchange (S12). */
  readonly doubted?: boolean;
  /** The buckets that came again since. */
  readonly mended?: readonly number[];
  /** The server's time when its rows were last counted one by one. */
  readonly counted?: string;
}

export interface BodyRow {
  readonly sha256: string;
  readonly bytes: number;
  /** Files that the form names as its own, without which it is not here. Absent: it came before forms had any. */
  readonly needs?: readonly string[];
  /** The server's time when nothing needed it any more. */
  readonly idle?: string;
  readonly sealed: Sealed;
}

/** What came and has not even a place to go to: kept raw. */
export interface AsideRow {
  readonly at: string;
  readonly sealed: Sealed;
}

/** A photo or voice note of a visit; its bytes lie in `originals` and `previews`, once for all visits that name them. */
export interface CaptureRow {
  readonly visit: string;
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly type: string;
  readonly bytes: number;
  readonly said_at: string | null;
  /** When it was kept, by the phone's own clock. */
  readonly at: string;
  readonly state: 'draft' | 'waiting' | 'received' | 'aside' | 'lost';
  /** The op that named it first; null while the visit is a draft. */
  readonly op: string | null;
  /** The county asked for it, from the byte `sent` on. */
  readonly wanted: boolean;
  readonly sent: number;
  /** Its preview was in an exchange that was answered, or it has none. */
  readonly previewed: boolean;
  /** The county's time when it held every byte; before that nothing is freed (S7). */
  readonly receipt: string | null;
  /** It has a receipt, and the county is asked about it once more: nobody had looked at it yet. */
  readonly pending?: boolean;
  /** The original is no longer here. */
  readonly freed: boolean;
  /** The server's last known time when its draft was no longer there: it goes a week after. */
  readonly idle?: string;
}

/** Bytes of a capture or of a form's file, sealed once. An ArrayBuffer, never a Blob: WebKit fails to store those. */
export interface BytesRow {
  readonly sha256: string;
  readonly type: string;
  readonly sealed: Sealed;
}

/** A file of a form; `part`: only its first bytes have come. */
export interface MediumRow extends BytesRow {
  readonly part?: true;
}

export interface RecordingRow {
  readonly id: string;
  readonly visit: string;
  /** Absent: begun by a release that knew one record a visit. */
  readonly record?: string;
  readonly path: string;
  readonly type: string;
  readonly chunks: number;
  readonly bytes: number;
  readonly began: string;
}

export interface ChunkRow {
  readonly recording: string;
  readonly n: number;
  readonly sealed: Sealed;
}

export interface AwaitedRow {
  readonly visit: string;
  /** Absent: as in a recording. */
  readonly record?: string;
  readonly path: string;
  readonly at: string;
}

/** What she chose and what was counted, one row each. */
export interface Settings {
  readonly photos_on_wifi: boolean;
  /** Notices until this moment of the county's were read. */
  readonly notices_read: string;
  /** Bytes that were sent on a day of the county. */
  readonly traffic: { readonly day: string; readonly bytes: number };
}

export interface Tables extends DBSchema {
  state: { key: 'now'; value: StateRow };
  keys: { key: 'data'; value: KeyRow };
  drafts: { key: string; value: DraftRow };
  outbox: { key: string; value: OpRow; indexes: { state: OpState; visit: string } };
  visits: { key: string; value: VisitRow };
  own: { key: string; value: OwnRow };
  rows: { key: [string, string, string]; value: FeedRowHeld; indexes: { thing: [string, string]; kind: string } };
  feeds: { key: string; value: FeedHeld };
  bodies: { key: string; value: BodyRow };
  anchors: { key: number; value: Anchor };
  aside: { key: number; value: AsideRow };
  captures: {
    key: [string, string];
    value: CaptureRow;
    indexes: { visit: string; sha256: string; state: CaptureRow['state'] };
  };
  originals: { key: string; value: BytesRow };
  previews: { key: string; value: BytesRow };
  recordings: { key: string; value: RecordingRow; indexes: { visit: string } };
  chunks: { key: [string, number]; value: ChunkRow };
  awaited: { key: [string, string]; value: AwaitedRow };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
  /** Files of forms, once for all forms that name them. */
  media: { key: string; value: MediumRow };
}

export type Table =
  | 'state'
  | 'keys'
  | 'drafts'
  | 'outbox'
  | 'visits'
  | 'own'
  | 'rows'
  | 'feeds'
  | 'bodies'
  | 'anchors'
  | 'aside'
  | 'captures'
  | 'originals'
  | 'previews'
  | 'recordings'
  | 'chunks'
  | 'awaited'
  | 'settings'
  | 'media';
export type ReadTx = IDBPTransaction<Tables, Table[], 'readonly'>;
export type WriteTx = IDBPTransaction<Tables, Table[], 'readwrite'>;

export const FRESH: StateRow = {
  n: 0,
  turn: 0,
  epoch: null,
  server_time: null,
  offset_ms: 0,
  heard: null,
  manifest: null,
};

type Step = (db: IDBPDatabase<Tables>) => void;

/** One a version, each additive. */
const STEPS: readonly Step[] = [
  (db) => {
    db.createObjectStore('state');
    db.createObjectStore('keys');
    db.createObjectStore('drafts', { keyPath: 'visit' });
    const outbox = db.createObjectStore('outbox', { keyPath: 'id' });
    outbox.createIndex('state', 'state');
    outbox.createIndex('visit', 'visit');
    db.createObjectStore('visits', { keyPath: 'visit' });
    db.createObjectStore('own', { keyPath: 'op' });
    const rows = db.createObjectStore('rows', { keyPath: ['feed', 'kind', 'id'] });
    rows.createIndex('thing', ['kind', 'id']);
    rows.createIndex('kind', 'kind');
    db.createObjectStore('feeds', { keyPath: 'feed' });
    db.createObjectStore('bodies', { keyPath: 'sha256' });
    db.createObjectStore('anchors', { autoIncrement: true });
    db.createObjectStore('aside', { autoIncrement: true });
  },
  (db) => {
    const captures = db.createObjectStore('captures', { keyPath: ['visit', 'name'] });
    captures.createIndex('visit', 'visit');
    captures.createIndex('sha256', 'sha256');
    captures.createIndex('state', 'state');
    db.createObjectStore('originals', { keyPath: 'sha256' });
    db.createObjectStore('previews', { keyPath: 'sha256' });
    const recordings = db.createObjectStore('recordings', { keyPath: 'id' });
    recordings.createIndex('visit', 'visit');
    db.createObjectStore('chunks', { keyPath: ['recording', 'n'] });
    db.createObjectStore('awaited', { keyPath: ['visit', 'path'] });
    db.createObjectStore('settings');
  },
  (db) => {
    db.createObjectStore('media', { keyPath: 'sha256' });
  },
];

/** From one version to the newest, or to an older one, as a phone had it that was not updated yet. */
export function upgrade(db: IDBPDatabase<Tables>, oldVersion: number, version = VERSION): void {
  for (const step of STEPS.slice(oldVersion, version)) step(db);
}
