/** The phone's half of the agreement, as pages use it. */
import type { Store } from '../store';
import { runSync, type SyncHandle, type SyncOptions } from './loop';
import { page } from './triggers';

export { EnrolError, enrol, type EnrolOptions } from './enrol';
export type { Problem } from './engine';
export { newId } from './ids';
export type { PhotosStatus, SyncHandle, SyncOptions, SyncStatus } from './loop';
export { moment } from './moment';

/** Keeps this phone and the county in step, as long as the page lives. */
export function startSync(store: Store, options: SyncOptions = {}): SyncHandle {
  return runSync(store, page, options);
}
