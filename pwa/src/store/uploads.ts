/**
 * What of the photos the county still lacks: previews for the next exchange, originals to ask about and to send. An
 * original is asked about once the op that names it was answered, and goes once its preview was (S7, S8).
 */
import { moment } from '../sync/moment';
import { type Ground, place } from './ground';
import { makeOp } from './ops';
import type { CaptureRow, OpRow, ReadTx } from './schema';
import type { FileBytes } from './types';

const MOST_ASKED = 100;
const MOST_PREVIEWS = 50;

export interface WaitingPreview {
  readonly sha256: string;
  /** 0 when it is not here any more. */
  readonly bytes: number;
}

export interface WantedOriginal {
  readonly sha256: string;
  readonly type: string;
  readonly bytes: number;
  readonly offset: number;
}

export interface Uploads {
  /** Of visits that the county has answered for, or that go with these ops; oldest first. */
  previewsFor(ops: readonly string[]): Promise<WaitingPreview[]>;
  /** null when it cannot be opened: the original will tell. */
  preview(sha256: string): Promise<FileBytes | null>;
  /** The same of originals without a receipt, or whose receipt is pending, at most 100; another round asks for the next. */
  originalsHere(ops: readonly string[], round: number): Promise<string[]>;
  /** What the county asked for, oldest first. */
  originalsWanted(): Promise<WantedOriginal[]>;
  /** Originals without a receipt, drafts' not counted. */
  originalsOwed(): Promise<{ count: number; bytes: number }>;
  /** null when it cannot be read any more. */
  original(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
  noteOffset(sha256: string, offset: number): Promise<void>;
  /** The county holds every byte, which it will look at yet. `at`: its time, as far as the phone knows it. */
  noteReceipt(sha256: string, aside: string | null, at: string): Promise<void>;
  /** The county does not know it (yet): it is asked about again. */
  noteUnknown(sha256: string): Promise<void>;
  /** It cannot be sent, for good: an op for each visit that names it says so. */
  noteLost(sha256: string, reason: string): Promise<void>;
}

/** One row a file, the oldest. */
function once(rows: readonly CaptureRow[]): CaptureRow[] {
  const sorted = [...rows].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return sorted.filter((row, index) => sorted.findIndex(({ sha256 }) => sha256 === row.sha256) === index);
}

export function uploadsOf(ground: Ground): Uploads {
  const { db, seal, channel } = ground;

  /** Captures of finished visits without a receipt, with the state of the op that names each. */
  async function waiting(tx: ReadTx): Promise<{ row: CaptureRow; op: OpRow | undefined }[]> {
    const rows = await tx.objectStore('captures').index('state').getAll('waiting');
    const found: { row: CaptureRow; op: OpRow | undefined }[] = [];
    for (const row of rows)
      found.push({ row, op: row.op === null ? undefined : await tx.objectStore('outbox').get(row.op) });
    return found;
  }

  /** Of visits that the county has answered for, or that go with these ops: it knows who names them. */
  async function known(ops: readonly string[]): Promise<CaptureRow[]> {
    const all = await db.read(['captures', 'outbox'], waiting);
    return once(all.filter(({ op }) => op?.state !== 'waiting' || ops.includes(op.id)).map(({ row }) => row));
  }

  async function change(sha256: string, into: (row: CaptureRow) => CaptureRow): Promise<void> {
    await db.write(['captures'], async (tx) => {
      const captures = tx.objectStore('captures');
      for (const row of await captures.index('sha256').getAll(sha256))
        if (row.state === 'waiting') await captures.put(into(row));
    });
    channel.tell('captures');
  }

  async function openedOrNull(table: 'originals' | 'previews', sha256: string): Promise<FileBytes | null> {
    const row = await db.read([table], (tx) => tx.objectStore(table).get(sha256));
    if (row === undefined) return null;
    const plain = await seal.openBytes(place(table, sha256), row.sealed).catch(() => null);
    return plain === null ? null : { type: row.type, bytes: plain.buffer };
  }

  return {
    async previewsFor(ops) {
      const rows = (await known(ops)).filter((row) => !row.previewed).slice(0, MOST_PREVIEWS);
      return db.read(['previews'], (tx) =>
        Promise.all(
          rows.map(async ({ sha256 }) => {
            const row = await tx.objectStore('previews').get(sha256);
            return { sha256, bytes: row?.sealed.data.byteLength ?? 0 };
          }),
        ),
      );
    },
    preview: (sha256) => openedOrNull('previews', sha256),

    async originalsHere(ops, round) {
      const held = await db.read(['captures'], (tx) => tx.objectStore('captures').index('state').getAll('received'));
      const all = once([...(await known(ops)), ...held.filter(({ pending }) => pending)]).map(({ sha256 }) => sha256);
      const from = all.length <= MOST_ASKED ? 0 : (round * MOST_ASKED) % all.length;
      return [...all.slice(from), ...all.slice(0, from)].slice(0, MOST_ASKED);
    },

    async originalsWanted() {
      const rows = (await known([])).filter((row) => row.wanted && row.previewed);
      return rows.map(({ sha256, type, bytes, sent }) => ({ sha256, type, bytes, offset: sent }));
    },

    async originalsOwed() {
      const rows = once(
        await db.read(['captures'], (tx) => tx.objectStore('captures').index('state').getAll('waiting')),
      );
      return { count: rows.length, bytes: rows.reduce((sum, row) => sum + row.bytes - row.sent, 0) };
    },

    async original(sha256) {
      const file = await openedOrNull('originals', sha256);
      return file === null ? null : new Uint8Array(file.bytes);
    },

    noteOffset: (sha256, offset) => change(sha256, (row) => ({ ...row, sent: offset })),
    noteReceipt: (sha256, aside, at) => change(sha256, (row) => received(row, aside, at, aside === null)),
    noteUnknown: (sha256) => change(sha256, (row) => ({ ...row, wanted: false })),

    async noteLost(sha256, reason) {
      const rows = await db.read(['captures'], (tx) => tx.objectStore('captures').index('sha256').getAll(sha256));
      for (const { visit, name, state } of rows) {
        if (state !== 'waiting') continue;
        await makeOp(ground, async () => {
          const own = await db.read(['visits'], (tx) => tx.objectStore('visits').get(visit));
          const at = moment();
          return {
            kind: 'photo.lost',
            visit,
            base: own?.op ?? null,
            at,
            body: { visit, sha256, reason },
            about: { person: null, starts: [at.start], refers: [] },
            tables: ['captures'],
            topics: ['captures'],
            async beside(tx) {
              const row = await tx.objectStore('captures').get([visit, name]);
              if (row !== undefined) await tx.objectStore('captures').put({ ...row, state: 'lost', wanted: false });
              return true;
            },
          };
        });
      }
    },
  };
}

/** `pending`: nobody has looked yet, so whether it stands aside is asked for again. The first receipt is the one. */
export function received(row: CaptureRow, aside: string | null, at: string, pending: boolean): CaptureRow {
  const state = aside === null ? 'received' : 'aside';
  return { ...row, state, sent: row.bytes, wanted: false, receipt: row.receipt ?? at, pending };
}
