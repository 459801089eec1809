/** One XForm, as pages open it: only once it and every file that it names as its own are here. */
import { type Ground, place } from './ground';

export interface Readable {
  /** The XForm, or null if it, or a file of it, has not come yet. */
  xform(sha256: string): Promise<string | null>;
}

export function readableOf({ db, shelf }: Ground): Readable {
  return {
    async xform(sha256) {
      const row = await db.read(['bodies', 'media'], async (tx) => {
        const body = await tx.objectStore('bodies').get(sha256);
        for (const file of body?.needs ?? []) {
          const here = await tx.objectStore('media').get(file);
          if (here === undefined || here.part === true) return undefined;
        }
        return body;
      });
      return row === undefined ? null : shelf.open<string>(place('bodies', sha256), row.sealed);
    },
  };
}
