import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, connect } from './connection';
import { FRESH, VERSION } from './schema';
import { fullDisk } from './testing/faults';

let db: Connection;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  db = connect('lianxin-test');
});
afterEach(() => {
  vi.restoreAllMocks();
  db.close();
});

const read = (): Promise<unknown> => db.read(['state'], (tx) => tx.objectStore('state').get('now'));
const write = (): Promise<unknown> => db.write(['state'], (tx) => tx.objectStore('state').put(FRESH, 'now'));

/** As often as told, the browser has closed the database when it is to be used. */
function closedByTheBrowser(times: number): () => number {
  const plain = Reflect.get(IDBDatabase.prototype, 'transaction') as (...given: unknown[]) => IDBTransaction;
  let calls = 0;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...given: unknown[]) {
    if (calls++ < times) throw new DOMException('The database connection is closing.', 'InvalidStateError');
    return plain.apply(this, given);
  });
  return () => calls;
}

describe('the connection', () => {
  it('is opened again when the browser has closed it', async () => {
    await write();
    const calls = closedByTheBrowser(1);
    expect(await read()).toEqual(FRESH);
    expect(calls()).toBe(2);
  });

  it('says so when it is closed twice, and works again as soon as it can', async () => {
    await write();
    closedByTheBrowser(2);
    await expect(read()).rejects.toMatchObject({ name: 'StoreError', kind: 'closed' });
    expect(await read()).toEqual(FRESH);
  });

  it('is asked for in words to be on the disk before it says so', async () => {
    const asked = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await write();
    expect(asked).toHaveBeenCalledWith(['state'], 'readwrite', { durability: 'strict' });
  });

  it('tells a full disk from other trouble', async () => {
    fullDisk('state');
    await expect(write()).rejects.toMatchObject({ kind: 'quota' });
    vi.restoreAllMocks();
    const odd = db.write(['state'], (tx) => tx.objectStore('drafts').get('a'));
    await expect(odd).rejects.toMatchObject({ kind: 'failed' });
    await write();
  });

  it('leaves nothing of work that threw', async () => {
    const broken = db.write(['state'], async (tx) => {
      await tx.objectStore('state').put({ ...FRESH, n: 7 }, 'now');
      throw new RangeError('in the middle');
    });
    await expect(broken).rejects.toThrow('in the middle');
    expect(await read()).toBeUndefined();
  });

  it('works on the tables of the next release, which only adds, and not on those of a later one', async () => {
    await write();
    db.close();
    (await openDB('lianxin-test', VERSION + 1)).close();
    expect(await read()).toEqual(FRESH);
    await write();
    db.close();
    (await openDB('lianxin-test', VERSION + 2)).close();
    await expect(read()).rejects.toMatchObject({ kind: 'newer' });
  });

  it('steps aside at once when a newer release waits in another tab', async () => {
    await write();
    const newer = await openDB('lianxin-test', VERSION + 1);
    expect(newer.version).toBe(VERSION + 1);
    newer.close();
  });

  it('says when the browser has no database for us', async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    await expect(read()).rejects.toMatchObject({ kind: 'unavailable' });
    globalThis.indexedDB = new IDBFactory();
  });
});
