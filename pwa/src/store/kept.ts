/**
 * Small pictures of what was sent and came back, for a phone that did not take them itself: another one of hers, or the
 * same one enrolled anew. They lie among the previews as long as the visit is asked back.
 */
import { type Ground, place } from './ground';
import type { FileBytes } from './types';
import type { World } from './world';

export interface KeptPhoto {
  readonly visit: string;
  readonly sha256: string;
}

export interface Kept {
  /** Photos of returned visits that this phone has no picture of. */
  keptWanted(): Promise<KeptPhoto[]>;
  putKept(sha256: string, preview: FileBytes): Promise<void>;
  /** Takes away what no returned visit and no own photo needs any more. */
  sweepKept(): Promise<void>;
}

export function keptOf({ db, seal, channel }: Ground, world: Pick<World, 'known'>): Kept {
  async function asked(): Promise<KeptPhoto[]> {
    const visits = await world.known('visit');
    return visits.flatMap(({ body: { visit, returned } }) =>
      (returned?.body.records ?? [])
        .flatMap(({ attachments }) => attachments)
        .filter(({ type }) => type.startsWith('image/'))
        .map(({ sha256 }) => ({ visit, sha256 })),
    );
  }

  return {
    async keptWanted() {
      const [all, here] = await Promise.all([
        asked(),
        db.read(
          ['originals', 'previews'],
          async (tx) =>
            new Set([
              ...(await tx.objectStore('originals').getAllKeys()),
              ...(await tx.objectStore('previews').getAllKeys()),
            ]),
        ),
      ]);
      return all.filter(({ sha256 }) => !here.has(sha256));
    },
    async putKept(sha256, { type, bytes }) {
      const sealed = await seal.bytes(place('previews', sha256), new Uint8Array(bytes));
      await db.write(['previews'], (tx) => tx.objectStore('previews').put({ sha256, type, sealed }));
      channel.tell('captures');
    },
    async sweepKept() {
      const needed = new Set((await asked()).map(({ sha256 }) => sha256));
      await db.write(['previews', 'captures'], async (tx) => {
        const previews = tx.objectStore('previews');
        const own = tx.objectStore('captures').index('sha256');
        for (const sha256 of await previews.getAllKeys())
          if (!needed.has(sha256) && (await own.count(sha256)) === 0) await previews.delete(sha256);
      });
    },
  };
}
