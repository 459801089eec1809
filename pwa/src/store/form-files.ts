/**
 * The files that an XForm names as its own, in its head: pictures, sounds and films of its labels, and lists. They are
 * fetched by their hashes and lie here once, whichever forms need them. A form is on this phone when its files are.
 */
import { type Ground, place } from './ground';
import type { MediumRow } from './schema';
import type { FileBytes } from './types';

/** As the XForm says it. */
export interface FormFileHead {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly type: string;
}

/** Written by the server, which escapes what stands in an attribute and lets only plain names through. */
const ASIDE = /<aside xmlns="urn:lianxin:form">([\s\S]*?)<\/aside>/;
const FILE = /<file\b([^>]*)\/>/g;
const ATTRIBUTE = /(\w+)="([^"]*)"/g;

export function filesOf(xform: string): FormFileHead[] {
  const aside = ASIDE.exec(xform)?.[1] ?? '';
  return [...aside.matchAll(FILE)].map(([, said = '']) => {
    const at = new Map([...said.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]));
    const text = (name: string): string => at.get(name) ?? '';
    return { name: text('name'), sha256: text('sha256'), bytes: Number(text('bytes')), type: text('type') };
  });
}

export interface FormFiles {
  /** Which of these are not here. */
  missing(files: readonly string[]): Promise<string[]>;
  /** `part`: these are its first bytes, the others are still to come. */
  put(sha256: string, file: FileBytes, part: boolean): Promise<void>;
  /** What has come of one that is not whole; nothing yet: no bytes. */
  begun(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A whole one. */
  get(sha256: string): Promise<FileBytes | null>;
}

export function formFilesOf({ db, seal, channel }: Ground): FormFiles {
  const row = (sha256: string) => db.read(['media'], (tx) => tx.objectStore('media').get(sha256));
  const open = ({ sha256, sealed }: MediumRow) => seal.openBytes(place('media', sha256), sealed);
  return {
    async missing(files) {
      if (files.length === 0) return [];
      const rows = await db.read(['media'], async (tx) => {
        const media = tx.objectStore('media');
        return Promise.all([...new Set(files)].map(async (sha256) => [sha256, await media.get(sha256)] as const));
      });
      return rows.filter(([, here]) => here === undefined || here.part === true).map(([sha256]) => sha256);
    },
    async put(sha256, { type, bytes }, part) {
      const sealed = await seal.bytes(place('media', sha256), new Uint8Array(bytes));
      const made: MediumRow = { sha256, type, sealed, ...(part ? { part } : {}) };
      await db.write(['media'], (tx) => tx.objectStore('media').put(made));
      if (!part) channel.tell('bodies');
    },
    async begun(sha256) {
      const here = await row(sha256);
      return here === undefined ? new Uint8Array(0) : open(here);
    },
    async get(sha256) {
      const here = await row(sha256);
      return here === undefined || here.part === true ? null : { type: here.type, bytes: (await open(here)).buffer };
    },
  };
}
