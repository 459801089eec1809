/**
 * Photos and voice notes. The bytes are sealed once, at capture, and lie beside the draft under their SHA-256: the same
 * photo in two visits is kept once. A capture is on the disk before its name is written into a form, so a form never
 * names what is not there.
 */
import { type Ground, place } from './ground';
import type { BytesRow, CaptureRow } from './schema';
import type { Awaited, Capture, FileBytes } from './types';

export interface Captures {
  /** Settles when it is on the disk. The same bytes again are one. Throws `quota` when the phone is full. */
  keepCapture(capture: Capture): Promise<void>;
  /** The original, if it is still here. */
  captureBytes(name: string): Promise<FileBytes | null>;
  capturePreview(name: string): Promise<FileBytes | null>;
  /** Another app is asked for a photo, and may cost this page its life. */
  awaitCapture(visit: string, record: string, path: string): Promise<void>;
  /** Of one record. */
  awaited(visit: string, record: string): Promise<Awaited[]>;
  settleAwaited(visit: string, record: string): Promise<void>;
}

/** One camera is open at a time: of a visit, a question is awaited for one record at most. */
const ofVisit = (visit: string): IDBKeyRange => IDBKeyRange.bound([visit], [visit, []]);

export function capturesOf({ db, seal, channel }: Ground): Captures {
  async function sealed(table: 'originals' | 'previews', sha256: string, file: FileBytes): Promise<BytesRow> {
    const { type, bytes } = file;
    return { sha256, type, sealed: await seal.bytes(place(table, sha256), new Uint8Array(bytes)) };
  }

  /** A name begins with half of its file's SHA-256. */
  async function opened(table: 'originals' | 'previews', name: string): Promise<FileBytes | null> {
    const half = name.slice(0, 32);
    const [row] = await db.read([table], (tx) => tx.objectStore(table).getAll(IDBKeyRange.bound(half, `${half}~`), 1));
    if (row === undefined) return null;
    const plain = await seal.openBytes(place(table, row.sha256), row.sealed);
    return { type: row.type, bytes: plain.buffer };
  }

  return {
    async keepCapture(capture) {
      const { visit, path, name, sha256, type, said_at, preview } = capture;
      const [original, small] = await Promise.all([
        sealed('originals', sha256, capture),
        preview === null ? null : sealed('previews', sha256, preview),
      ]);
      const fresh: CaptureRow = {
        visit,
        name,
        path,
        sha256,
        type,
        bytes: capture.bytes.byteLength,
        said_at,
        at: new Date().toISOString(),
        state: 'draft',
        op: null,
        wanted: false,
        sent: 0,
        previewed: small === null,
        receipt: null,
        freed: false,
      };
      await db.write(['captures', 'originals', 'previews', 'awaited'], async (tx) => {
        const before = await tx.objectStore('captures').get([visit, name]);
        await tx.objectStore('originals').put(original);
        if (small !== null) await tx.objectStore('previews').put(small);
        if (before === undefined) await tx.objectStore('captures').put(fresh);
        else await tx.objectStore('captures').put({ ...before, path, freed: false });
        await tx.objectStore('awaited').delete([visit, path]);
      });
      channel.tell('captures');
    },

    captureBytes: (name) => opened('originals', name),
    capturePreview: (name) => opened('previews', name),

    async awaitCapture(visit, record, path) {
      const at = new Date().toISOString();
      await db.write(['awaited'], (tx) => tx.objectStore('awaited').put({ visit, record, path, at }));
    },
    async awaited(visit, of) {
      const rows = await db.read(['awaited'], (tx) => tx.objectStore('awaited').getAll(ofVisit(visit)));
      return rows.filter(({ record = of }) => record === of).map((row) => ({ ...row, record: of }));
    },
    async settleAwaited(visit, of) {
      await db.write(['awaited'], async (tx) => {
        for (const { record = of, path } of await tx.objectStore('awaited').getAll(ofVisit(visit)))
          if (record === of) await tx.objectStore('awaited').delete([visit, path]);
      });
    },
  };
}
