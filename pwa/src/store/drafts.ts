/**
 * Drafts: a visit that is not finished. Every answer goes to the disk within a moment, so saving must never overwrite
 * what a slower, older save still carries: a draft has a revision that is compared and set inside the transaction. One
 * tab writes a draft at a time; the right to it vanishes with the tab.
 */
import type { At, ListRows, Subject, VisitBody } from '../sync/messages';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import { type Held, acquire } from './locks';
import type { DraftRow } from './schema';
import type { Draft, DraftState, Lease } from './types';

export interface Drafts {
  /** The new revision. `expected` is the one that was loaded, 0 for a draft that is not there yet. */
  saveDraft(visit: string, expected: number, state: DraftState): Promise<number>;
  loadDraft(visit: string): Promise<Draft | null>;
  /** Newest first; thrown-away ones are not among them. */
  drafts(): Promise<Draft[]>;
  /** Away from every list, but not gone: it can be had back for a week. */
  discardDraft(visit: string): Promise<void>;
  undoDiscard(visit: string): Promise<void>;
  /** The right to write this draft. Throws `draft_elsewhere` when another tab has it, unless it is taken over. */
  leaseDraft(visit: string, options?: { takeOver?: boolean }): Promise<Lease>;
  /** Gives back every lease of this tab. */
  releaseDrafts(): void;
}

interface Speaks extends Pick<DraftState, 'team' | 'place' | 'subject'> {
  readonly records: readonly { readonly list_rows: ListRows; readonly subject?: Subject | null }[];
}

/** The ids that a draft or a finished visit speaks of. */
export function refersOf(about: Speaks): string[] {
  const named = about.records.flatMap(({ list_rows }) =>
    Object.values(list_rows).flatMap((rows) => rows.map((row) => row.name)),
  );
  const all = [
    about.team,
    about.place,
    about.subject?.id,
    ...about.records.map(({ subject }) => subject?.id),
    ...named,
  ];
  return [...new Set(all.filter((id): id is string => typeof id === 'string' && id !== ''))];
}

type Tells = Pick<VisitBody, 'check_in' | 'participants'> & Partial<Pick<VisitBody, 'check_out'>>;

/** The app starts by whose clocks a draft or a finished visit tells what happened when. */
export function startsOf(about: Tells, ...more: readonly At[]): string[] {
  const moments = about.participants.flatMap((one) => [one.in, one.out]);
  const all = [about.check_in.at, about.check_out?.at, ...moments, ...more];
  return [...new Set(all.flatMap((at) => at?.start ?? []))];
}

export function draftsOf(ground: Ground): Drafts {
  const { db, seal, shelf, channel } = ground;
  const leases = new Map<string, Held>();

  async function opened(row: DraftRow): Promise<Draft> {
    const state = await shelf.open<DraftState>(place('drafts', row.visit), row.sealed);
    return { visit: row.visit, rev: row.rev, began: row.began, changed: row.changed, state };
  }

  async function mark(visit: string, discarded: boolean): Promise<void> {
    await db.write(['drafts', 'state'], async (tx) => {
      const row = await tx.objectStore('drafts').get(visit);
      if (row === undefined) throw new StoreError('gone');
      const { discarded: _, ...kept } = row;
      const since = (await tx.objectStore('state').get('now'))?.server_time ?? '';
      await tx.objectStore('drafts').put(discarded ? { ...kept, discarded: since } : kept);
    });
    channel.tell('drafts');
  }

  return {
    async saveDraft(visit, expected, state) {
      const sealed = await seal.json(place('drafts', visit), state);
      const now = new Date().toISOString();
      const rev = expected + 1;
      await db.write(['drafts'], async (tx) => {
        const before = await tx.objectStore('drafts').get(visit);
        if ((before?.rev ?? 0) !== expected || before?.discarded !== undefined) throw new StoreError('draft_moved');
        await tx.objectStore('drafts').put({
          visit,
          rev,
          began: before?.began ?? now,
          changed: now,
          person: state.subject?.id ?? null,
          refers: refersOf(state),
          starts: startsOf(state),
          needs: [...new Set(state.records.map((record) => record.sha256))],
          sealed,
        });
      });
      channel.tell('drafts');
      return rev;
    },

    async loadDraft(visit) {
      const row = await db.read(['drafts'], (tx) => tx.objectStore('drafts').get(visit));
      return row === undefined || row.discarded !== undefined ? null : opened(row);
    },

    async drafts() {
      const rows = await db.read(['drafts'], (tx) => tx.objectStore('drafts').getAll());
      const kept = rows.filter((row) => row.discarded === undefined);
      return Promise.all(kept.sort((a, b) => (a.changed < b.changed ? 1 : -1)).map(opened));
    },

    discardDraft: (visit) => mark(visit, true),
    undoDiscard: (visit) => mark(visit, false),

    async leaseDraft(visit, options) {
      await leases.get(visit)?.release(); // this tab comes back to a page that it left without a word
      leases.delete(visit);
      const held = await acquire(`${db.name}/draft/${visit}`, options?.takeOver === true ? 'steal' : 'now');
      if (held === null) throw new StoreError('draft_elsewhere');
      leases.set(visit, held);
      return {
        visit,
        lost: held.lost,
        release() {
          if (leases.get(visit) === held) leases.delete(visit);
          return held.release();
        },
      };
    },

    releaseDrafts() {
      for (const held of leases.values()) void held.release();
      leases.clear();
    },
  };
}
