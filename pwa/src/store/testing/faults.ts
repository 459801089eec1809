/** A disk that is full, a tab that dies: at one exact write. `vi.restoreAllMocks()` mends it. */
import { vi } from 'vitest';

type Method = 'put' | 'add' | 'delete';
type Doors = Record<Method, (this: IDBObjectStore, ...given: unknown[]) => IDBRequest>;

function instead(method: Method, work: (plain: () => IDBRequest, table: IDBObjectStore) => IDBRequest): void {
  const doors = IDBObjectStore.prototype as unknown as Doors;
  const plain = doors[method];
  vi.spyOn(doors, method).mockImplementation(function (this: IDBObjectStore, ...given: unknown[]) {
    return work(() => plain.apply(this, given), this);
  });
}

export function fullDisk(table: string): void {
  for (const method of ['put', 'add'] as const)
    instead(method, (plain, { name }) => {
      if (name === table) throw new DOMException('the disk is full', 'QuotaExceededError');
      return plain();
    });
}

/** The transaction ends with nothing right after this write was asked for, as when the browser is killed. */
export function killedAt(method: Method, table: string): void {
  instead(method, (plain, store) => {
    const request = plain();
    if (store.name === table) store.transaction.abort();
    return request;
  });
}
