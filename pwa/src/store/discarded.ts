/** Drafts that she threw away and can still have back: they go a week after. One in which nothing was answered is no loss. */
import type { Ground } from './ground';
import { place } from './ground';
import { draftCard } from './home';
import type { DraftCard, DraftState } from './types';
import type { World } from './world';

export interface Discarded {
  /** Newest first. */
  discarded(): Promise<DraftCard[]>;
}

export function discardedOf({ db, shelf }: Ground, world: Pick<World, 'entities' | 'places'>): Discarded {
  return {
    async discarded() {
      const rows = await db.read(['drafts'], (tx) => tx.objectStore('drafts').getAll());
      const away = rows.filter((row) => row.discarded !== undefined).sort((a, b) => (a.changed < b.changed ? 1 : -1));
      if (away.length === 0) return [];
      const [entities, places] = await Promise.all([world.entities(), world.places()]);
      const labels = new Map([...places, ...entities].map(({ id, label }) => [id, label]));
      const cards = away.map(async ({ visit, rev, began, changed, sealed }) => {
        const state = await shelf.open<DraftState>(place('drafts', visit), sealed);
        const answered = state.records.some(({ filling }) => filling !== null);
        return answered ? draftCard({ visit, rev, began, changed, state }, labels) : null;
      });
      return (await Promise.all(cards)).filter((card) => card !== null);
    },
  };
}
