/** The phone's store, as pages and sync see it. */
export { StoreError, type StoreErrorKind } from './errors';
export { dayAfter, dayIn, daysBetween } from './day';
export { acquire, type Held } from './locks';
export { choose, enrolled, identities, identity, pendingKey } from './registry';
export { askToPersist, storageView } from './storage';
export { openStore, type ExchangeStore, type Store } from './store';
export { writeDraft, type DraftWriter } from './writer';
export type { Applied, Heard } from './apply';
export type { FormFileHead } from './form-files';
export type { OpHead } from './outbox';
export type { DraftHead, Standing } from './standing';
export type * from './types';
