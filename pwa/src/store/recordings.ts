/**
 * A recording that is under way: a chunk every two seconds goes to the disk by itself, so that a killed tab costs two
 * seconds. When she stops, the chunks become a capture and go.
 */
import { newId } from '../sync/ids';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import type { RecordingRow, WriteTx } from './schema';
import type { Recording } from './types';

export type RecordingAbout = Pick<RecordingRow, 'visit' | 'path' | 'type'> & { readonly record: string };

export interface Recordings {
  /** The recording's id. */
  beginRecording(about: RecordingAbout): Promise<string>;
  /** `n` from 0. The same chunk again changes nothing. Throws `gone` when the recording was dropped. */
  addChunk(id: string, n: number, bytes: ArrayBuffer): Promise<void>;
  /** What was begun for a record and not dropped, oldest first: after a killed tab it is still here. */
  recordings(visit: string, record: string): Promise<Recording[]>;
  /** All chunks that are here, in their order. Throws `gone`. */
  recordingBytes(id: string): Promise<ArrayBuffer>;
  dropRecording(id: string): Promise<void>;
}

const chunksOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

export async function dropRecordingIn(tx: WriteTx, id: string): Promise<void> {
  await tx.objectStore('recordings').delete(id);
  await tx.objectStore('chunks').delete(chunksOf(id));
}

export function recordingsOf({ db, seal, channel }: Ground): Recordings {
  return {
    async beginRecording({ visit, record, path, type }) {
      const id = newId();
      const row: RecordingRow = { id, visit, record, path, type, chunks: 0, bytes: 0, began: new Date().toISOString() };
      await db.write(['recordings'], (tx) => tx.objectStore('recordings').add(row));
      channel.tell('captures');
      return id;
    },

    async addChunk(id, n, bytes) {
      const sealed = await seal.bytes(place('chunks', id, String(n)), new Uint8Array(bytes));
      await db.write(['recordings', 'chunks'], async (tx) => {
        const row = await tx.objectStore('recordings').get(id);
        if (row === undefined) throw new StoreError('gone');
        if ((await tx.objectStore('chunks').getKey([id, n])) !== undefined) return;
        await tx.objectStore('chunks').put({ recording: id, n, sealed });
        await tx.objectStore('recordings').put({ ...row, chunks: row.chunks + 1, bytes: row.bytes + bytes.byteLength });
      });
    },

    async recordings(visit, of) {
      const rows = await db.read(['recordings'], (tx) => tx.objectStore('recordings').index('visit').getAll(visit));
      return rows
        .filter(({ record = of }) => record === of)
        .sort((a, b) => (a.began < b.began ? -1 : Number(a.began > b.began)))
        .map(({ id, path, type, chunks, bytes, began }) => ({ id, record: of, path, type, chunks, bytes, began }));
    },

    async recordingBytes(id) {
      const [row, chunks] = await db.read(
        ['recordings', 'chunks'],
        async (tx) =>
          [await tx.objectStore('recordings').get(id), await tx.objectStore('chunks').getAll(chunksOf(id))] as const,
      );
      if (row === undefined) throw new StoreError('gone');
      const parts = await Promise.all(
        chunks.map(({ n, sealed }) => seal.openBytes(place('chunks', id, String(n)), sealed)),
      );
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole.buffer;
    },

    async dropRecording(id) {
      await db.write(['recordings', 'chunks'], (tx) => dropRecordingIn(tx, id));
      channel.tell('captures');
    },
  };
}
