/** What was opened stays open in memory: labels are unsealed once at start, and lists do not cost a second time. */
import { hex } from '../sync/ids';
import type { Seal, Sealed } from './seal';

const MOST = 8_000;

export interface Shelf {
  open<T>(place: string, sealed: Sealed): Promise<T>;
}

export function shelfOver(seal: Seal): Shelf {
  const opened = new Map<string, unknown>(); // by the initial vector, which no two sealed values share
  return {
    async open<T>(place: string, sealed: Sealed): Promise<T> {
      const name = hex(sealed.iv);
      if (opened.has(name)) return opened.get(name) as T;
      const value = await seal.openJson<T>(place, sealed);
      if (opened.size >= MOST) opened.clear();
      opened.set(name, value);
      return value;
    },
  };
}
