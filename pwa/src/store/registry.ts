/**
 * Who is enrolled on this phone. A shared phone has several, each with a database, keys and running number of its own.
 * It stands outside those databases, because it holds what opens them; the profile is sealed here too.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StoreError, asStoreError } from './errors';
import { type Sealed, makeDeviceKey, sealWith } from './seal';
import type { Identity } from './types';

interface PhoneRow {
  readonly device: string;
  readonly user: string;
  /** Signs requests; not extractable. */
  readonly signing: CryptoKeyPair;
  /** Wraps the data key; not extractable. */
  readonly wrapping: CryptoKey;
  readonly profile: Sealed;
}

/** A key made for an enrolment whose answer has not come yet: the same code must be sent with the same key again. */
interface PendingRow {
  readonly signing: CryptoKeyPair;
}

/** Codes are mistyped too, and what nobody answers is not to pile up. */
const MOST_PENDING = 20;

interface Phones extends DBSchema {
  phones: { key: string; value: PhoneRow };
  /** By code: another one may be tried, or somebody else's, before the answer to the first is fetched. */
  pending: { key: string; value: PendingRow };
  chosen: { key: 'device'; value: string };
}

export const databaseName = (device: string, user: string): string => `lianxin-${device}-${user}`;

async function within<T>(work: (db: IDBPDatabase<Phones>) => Promise<T>): Promise<T> {
  if (typeof indexedDB === 'undefined') throw new StoreError('unavailable');
  let db: IDBPDatabase<Phones> | undefined;
  try {
    db = await openDB<Phones>('lianxin', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('phones', { keyPath: 'device' });
        fresh.createObjectStore('pending');
        fresh.createObjectStore('chosen');
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return await work(db);
  } catch (error) {
    throw asStoreError(error);
  } finally {
    db?.close();
  }
}

function profileOf(row: PhoneRow): Promise<Identity> {
  return sealWith(row.wrapping).openJson<Identity>(`phones/${row.device}`, row.profile);
}

async function chosenRow(db: IDBPDatabase<Phones>): Promise<PhoneRow | undefined> {
  const device = await db.get('chosen', 'device');
  return device === undefined ? undefined : db.get('phones', device);
}

/** The signing key for this code: the one that was made for it before, else a new one, on disk before it is used. */
export function pendingKey(code: string, make: () => Promise<CryptoKeyPair>): Promise<CryptoKeyPair> {
  return within(async (db) => {
    const before = await db.get('pending', code);
    if (before !== undefined) return before.signing;
    const signing = await make();
    const tx = db.transaction('pending', 'readwrite', { durability: 'strict' });
    if ((await tx.store.count()) >= MOST_PENDING) await tx.store.clear();
    await tx.store.put({ signing }, code);
    await tx.done;
    return signing;
  });
}

/** The enrolment by this code was answered: this phone works for them now. The same device again keeps its keys. */
export function enrolled(identity: Identity, signing: CryptoKeyPair, code = ''): Promise<void> {
  return within(async (db) => {
    const before = await db.get('phones', identity.device);
    const wrapping = before?.wrapping ?? (await makeDeviceKey());
    const profile = await sealWith(wrapping).json(`phones/${identity.device}`, identity);
    const tx = db.transaction(['phones', 'pending', 'chosen'], 'readwrite', { durability: 'strict' });
    const { device, user } = identity;
    await tx.objectStore('phones').put({ device, user: user.id, signing, wrapping, profile });
    await tx.objectStore('chosen').put(device, 'device');
    await tx.objectStore('pending').delete(code);
    await tx.done;
  });
}

/** Who works on this phone now; null: nobody is enrolled. */
export function identity(): Promise<Identity | null> {
  return within(async (db) => {
    const row = await chosenRow(db);
    return row === undefined ? null : profileOf(row);
  });
}

/** Everybody who is enrolled on this phone. */
export function identities(): Promise<Identity[]> {
  return within(async (db) => Promise.all((await db.getAll('phones')).map(profileOf)));
}

/** Hands the phone to somebody else who is enrolled on it. */
export function choose(device: string): Promise<void> {
  return within(async (db) => {
    if ((await db.get('phones', device)) === undefined) throw new StoreError('gone');
    await db.put('chosen', device, 'device');
  });
}

/** What opens the database of the one who works here now. Throws `nobody`. */
export function phone(): Promise<{ identity: Identity; signing: CryptoKeyPair; wrapping: CryptoKey }> {
  return within(async (db) => {
    const row = await chosenRow(db);
    if (row === undefined) throw new StoreError('nobody');
    return { identity: await profileOf(row), signing: row.signing, wrapping: row.wrapping };
  });
}
