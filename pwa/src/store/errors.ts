/**
 * Every failure of the store has a kind that a page can put into words. Full storage is told apart from the rest,
 * because only there can she help herself.
 */

export type StoreErrorKind =
  | 'nobody' // no one is enrolled on this phone
  | 'unavailable' // the browser has no database for us (private mode, switched off)
  | 'newer' // the database was written by a newer release of the app
  | 'blocked' // another tab with an older release holds the database
  | 'closed' // the browser closed the connection, twice
  | 'quota' // the phone's storage is full
  | 'draft_moved' // the draft was saved by someone else meanwhile
  | 'draft_elsewhere' // the draft is open in another tab
  | 'gone' // what was asked for is no longer there
  | 'sealed' // it cannot be unsealed: the key does not fit
  | 'failed'; // anything else; the cause tells

export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly kind: StoreErrorKind,
    cause?: unknown,
  ) {
    super(cause instanceof Error ? `${kind}: ${cause.message}` : kind, { cause });
  }
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/**
 * The connection may have gone away under our hands; opening it again may help. Chromium aborts what runs when it closes
 * a database by force, Safari says UnknownError when it has lost its storage process. We abort only with an error of ours.
 */
export function isClosed(error: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError'].includes(nameOf(error));
}

/** Names a browser's exception by one of our kinds. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  switch (nameOf(error)) {
    case 'QuotaExceededError':
      return new StoreError('quota', error);
    case 'VersionError':
      return new StoreError('newer', error);
    case 'OperationError':
      return new StoreError('sealed', error);
    case 'SecurityError':
      return new StoreError('unavailable', error);
    default:
      return new StoreError(isClosed(error) ? 'closed' : 'failed', error);
  }
}
