/** What photos and voice notes there are and how far each has come, without their bytes: the first screen counts them. */
import type { Ground } from './ground';
import type { CaptureRow } from './schema';
import type { CaptureCard } from './types';

export interface CaptureCards {
  /** Of one visit, or of all, oldest first. */
  captures(visit?: string): Promise<CaptureCard[]>;
}

function cardOf(row: CaptureRow): CaptureCard {
  const { visit, path, name, sha256, type, bytes, said_at, sent, freed, state } = row;
  const shown = state === 'waiting' && sent > 0 ? 'sending' : state;
  return { visit, path, name, sha256, type, bytes, said_at, sent, freed, state: shown };
}

export function captureCardsOf({ db }: Ground): CaptureCards {
  return {
    async captures(visit) {
      const rows = await db.read(['captures'], (tx) => {
        const captures = tx.objectStore('captures');
        return visit === undefined ? captures.getAll() : captures.index('visit').getAll(visit);
      });
      return rows.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))).map(cardOf);
    },
  };
}
