/**
 * The one way to the database. A transaction either ends wholly or leaves nothing, is asked to be on the disk before it
 * says so (`durability: 'strict'`), and is tried once more on a new connection when the browser has closed the old one,
 * as phones do in the background. The work may therefore run twice, and must touch nothing but its transaction.
 */
import { type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb';
import { StoreError, asStoreError, isClosed } from './errors';
import { type ReadTx, type Table, type Tables, VERSION, type WriteTx, upgrade } from './schema';

type Db = IDBPDatabase<Tables>;
type AnyTx = ReadTx | WriteTx;

export interface Connection {
  readonly name: string;
  read<T>(tables: Table[], work: (tx: ReadTx) => Promise<T>): Promise<T>;
  write<T>(tables: Table[], work: (tx: WriteTx) => Promise<T>): Promise<T>;
  close(): void;
}

export function connect(name: string): Connection {
  let db: Promise<Db> | null = null;

  function open(): Promise<Db> {
    return new Promise<Db>((resolve, reject) => {
      const forget = (): void => void (db = null);
      const callbacks: OpenDBCallbacks<Tables> = {
        blocked: () => reject(new StoreError('blocked')),
        // A newer release waits in another tab: step aside at once, so that it is not blocked.
        blocking: (_current, _blocked, event) => {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      };
      openDB<Tables>(name, VERSION, { ...callbacks, upgrade: (fresh, from) => upgrade(fresh, from) })
        .catch((error: unknown) => newer(error, callbacks))
        .then(resolve, (error: unknown) => reject(asStoreError(error)));
    });
  }

  /** The next release has been here, and its page is gone: its tables are ours and more, so work goes on. */
  async function newer(error: unknown, callbacks: OpenDBCallbacks<Tables>): Promise<Db> {
    if (asStoreError(error).kind !== 'newer') throw error;
    const found = await openDB<Tables>(name, undefined, callbacks);
    if (found.version <= VERSION + 1) return found;
    found.close();
    throw error;
  }

  async function database(): Promise<Db> {
    if (typeof indexedDB === 'undefined') throw new StoreError('unavailable');
    db ??= open();
    try {
      return await db;
    } catch (error) {
      db = null;
      throw error;
    }
  }

  async function run<T, X extends AnyTx>(begin: (db: Db) => X, work: (tx: X) => Promise<T>): Promise<T> {
    const tx = begin(await database());
    const done = tx.done;
    done.catch(() => undefined); // heard below, where the work's own error does not come first
    try {
      const result = await work(tx);
      await done;
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // it had ended already
      }
      throw await done.then(
        () => error,
        () => tx.error ?? error,
      );
    }
  }

  async function twice<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (!isClosed(error)) throw asStoreError(error);
      db = null;
    }
    try {
      return await attempt();
    } catch (error) {
      throw asStoreError(error);
    }
  }

  return {
    name,
    read: (tables, work) => twice(() => run((open) => open.transaction(tables, 'readonly'), work)),
    write: (tables, work) =>
      twice(() => run((open) => open.transaction(tables, 'readwrite', { durability: 'strict' }), work)),
    close() {
      void db?.then((open) => open.close()).catch(() => undefined);
      db = null;
    },
  };
}
