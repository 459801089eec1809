/** What every part of the store stands on. The parts are functions over it; `store.ts` puts them together. */
import type { Channel } from './channel';
import type { Connection } from './connection';
import type { Seal } from './seal';
import type { Shelf } from './shelf';
import type { Identity } from './types';

export interface Ground {
  readonly identity: Identity;
  readonly db: Connection;
  readonly seal: Seal;
  readonly shelf: Shelf;
  readonly channel: Channel;
}

/** The place that a sealed value is bound to. */
export const place = (table: string, ...key: string[]): string => [table, ...key].join('/');
