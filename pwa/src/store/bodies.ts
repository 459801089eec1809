/**
 * XForm bodies. The feeds carry heads only; a body is named by its SHA-256, so it is fetched once and never again. Kept
 * are those that a head names, those that a draft was opened with, and those of visits that may be opened again (sent
 * from here, or asked back), whatever became of that version since.
 */
import { isOlder } from './day';
import { filesOf, type FormFileHead, type FormFiles, formFilesOf } from './form-files';
import { type Ground, place } from './ground';
import type { FileBytes, FormHead } from './types';
import type { World } from './world';

const IDLE_DAYS = 7;

export interface XForms {
  /** A file of a form by its hash, or null if it is not here. */
  formFile(sha256: string): Promise<FileBytes | null>;
  /** Heads whose body is needed and missing: of the programmes that this user's teams serve. */
  xformsWanted(): Promise<Pick<FormHead, 'sha256' | 'bytes'>[]>;
  putXform(sha256: string, text: string): Promise<void>;
  /** Files that XForms which are here name, and that are missing. */
  mediaWanted(): Promise<FormFileHead[]>;
  putMedium: FormFiles['put'];
  mediumBegun: FormFiles['begun'];
  /** Drops bodies, and files of theirs, that nothing has needed for a week: a page may have one open that no draft names yet. */
  sweepXforms(): Promise<void>;
}

export function xformsOf(ground: Ground, world: World): XForms {
  const files = formFilesOf(ground);
  const { db, seal, shelf, channel } = ground;

  async function needed(): Promise<Map<string, number>> {
    const [heads, visits, [drafts, own]] = await Promise.all([
      world.ownForms(),
      world.known('visit'),
      db.read(
        ['drafts', 'visits'],
        async (tx) => [await tx.objectStore('drafts').getAll(), await tx.objectStore('visits').getAll()] as const,
      ),
    ]);
    const sums = heads.map(({ sha256, bytes }) => [sha256, bytes] as const);
    const returned = visits.flatMap(({ body }) => body.returned?.body.records ?? []);
    const others = [
      ...drafts.flatMap((row) => row.needs),
      ...own.flatMap((row) => Object.values(row.forms ?? {})),
      ...returned.flatMap(({ sha256 }) => sha256 ?? []),
    ];
    return new Map([...others.map((sha256) => [sha256, 0] as const), ...sums]);
  }

  async function text(sha256: string): Promise<string | null> {
    const row = await db.read(['bodies'], (tx) => tx.objectStore('bodies').get(sha256));
    return row === undefined ? null : shelf.open<string>(place('bodies', sha256), row.sealed);
  }

  return {
    formFile: (sha256) => files.get(sha256),
    async xformsWanted() {
      const [all, here] = await Promise.all([
        needed(),
        db.read(['bodies'], (tx) => tx.objectStore('bodies').getAllKeys()),
      ]);
      for (const sha256 of here) all.delete(sha256);
      return [...all].map(([sha256, bytes]) => ({ sha256, bytes }));
    },
    async putXform(sha256, xform) {
      const sealed = await seal.json(place('bodies', sha256), xform);
      const needs = filesOf(xform).map((file) => file.sha256);
      const row = { sha256, bytes: xform.length, sealed, ...(needs.length > 0 ? { needs } : {}) };
      await db.write(['bodies'], (tx) => tx.objectStore('bodies').put(row));
      channel.tell('bodies');
    },
    async mediaWanted() {
      const rows = await db.read(['bodies'], (tx) => tx.objectStore('bodies').getAll());
      const missing = new Set(await files.missing(rows.flatMap((row) => row.needs ?? [])));
      const asking = rows.filter((row) => row.needs?.some((sha256) => missing.has(sha256)));
      const named = (await Promise.all(asking.map((row) => text(row.sha256)))).flatMap((xform) => filesOf(xform ?? ''));
      return [...new Map(named.map((file) => [file.sha256, file])).values()].filter(({ sha256 }) =>
        missing.has(sha256),
      );
    },
    putMedium: (sha256, file, part) => files.put(sha256, file, part),
    mediumBegun: (sha256) => files.begun(sha256),
    async sweepXforms() {
      const all = await needed();
      await db.write(['bodies', 'drafts', 'state', 'media'], async (tx) => {
        const bodies = tx.objectStore('bodies');
        const drafts = await tx.objectStore('drafts').getAll(); // one may have been begun meanwhile
        const drafted = new Set(drafts.flatMap((row) => row.needs));
        const now = (await tx.objectStore('state').get('now'))?.server_time ?? null;
        for (const { idle, ...row } of await bodies.getAll()) {
          const wanted = all.has(row.sha256) || drafted.has(row.sha256);
          if (wanted && idle !== undefined) await bodies.put(row);
          else if (!wanted && idle === undefined && now !== null) await bodies.put({ ...row, idle: now });
          else if (!wanted && idle !== undefined && isOlder(idle, now, IDLE_DAYS)) await bodies.delete(row.sha256);
        }
        const named = new Set((await bodies.getAll()).flatMap((row) => row.needs ?? []));
        const media = tx.objectStore('media');
        for (const sha256 of await media.getAllKeys()) if (!named.has(sha256)) await media.delete(sha256);
      });
    },
  };
}
