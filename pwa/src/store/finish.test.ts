import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canonical, sha256 } from '../sync/canonical';
import { isUuid7 } from '../sync/ids';
import { moment } from '../sync/moment';
import type { Store } from './store';
import { fullDisk, killedAt } from './testing/faults';
import { body, closeAll, draft, finished, freshPhone, hear, id, reopened } from './testing/phone';

const VISIT = id(100);
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

const text = async (op: string): Promise<{ n: number; body: unknown }> =>
  JSON.parse(new TextDecoder().decode(await store.exchange.opText(op))) as { n: number; body: unknown };

/** What is on the disk of one visit, as the next start of the app finds it. */
async function onDisk(): Promise<{ drafts: number; ops: number; visits: number }> {
  const again = await reopened();
  const [drafts, ops, visits] = [await again.drafts(), await again.exchange.waiting(), await again.visits()];
  return { drafts: drafts.length, ops: ops.length, visits: visits.length };
}

describe('finishing a visit', () => {
  it('[S2] leaves one op, its canonical bytes, and no draft', async () => {
    await store.saveDraft(VISIT, 0, draft());
    const { op } = await store.finishVisit(finished(VISIT, { draft_rev: 1 }));
    expect(isUuid7(op)).toBe(true);
    expect(await onDisk()).toEqual({ drafts: 0, ops: 1, visits: 1 });
    const bytes = await store.exchange.opText(op);
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    expect(canonical(parsed)).toEqual(bytes);
    expect(parsed).toMatchObject({ v: 1, id: op, kind: 'visit.put', n: 1, base: null, body: { visit: VISIT } });
    expect(await sha256(parsed)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('counts a visit that is written down later on the day that was said, not on the day of writing', async () => {
    const said = { ...moment(), wall: '2026-11-20T01:00:00.000Z' };
    const made = finished(VISIT, {});
    const later = { ...made, body: body(VISIT, { entry: 'later', check_in: { at: said, reason: 'later_entry' } }) };
    await hear(store, {}); // an anchor of this very start of the app
    await store.finishVisit(later);
    expect(await store.visit(VISIT)).toMatchObject({ day: '2026-11-20' });
  });

  it.each(['visits', 'outbox', 'state', 'own'])('leaves the draft and no op when writing %s fails', async (table) => {
    await store.saveDraft(VISIT, 0, draft());
    fullDisk(table);
    const saves = [{ list: 'people', id: id(3), label: null, properties: { consent: 'all' }, creates: false }];
    await expect(store.finishVisit(finished(VISIT, { draft_rev: 1, saves }))).rejects.toMatchObject({ kind: 'quota' });
    vi.restoreAllMocks();
    expect(await onDisk()).toEqual({ drafts: 1, ops: 0, visits: 0 });
    await store.finishVisit(finished(VISIT, { draft_rev: 1, saves }));
    expect(await onDisk()).toEqual({ drafts: 0, ops: 1, visits: 1 });
    expect((await text((await store.exchange.waiting())[0]!.id)).n).toBe(1);
  });

  it('leaves the draft when the tab dies before the transaction ends', async () => {
    await store.saveDraft(VISIT, 0, draft());
    killedAt('delete', 'drafts');
    await expect(store.finishVisit(finished(VISIT, { draft_rev: 1 }))).rejects.toMatchObject({ name: 'StoreError' });
    vi.restoreAllMocks();
    expect(await onDisk()).toEqual({ drafts: 1, ops: 0, visits: 0 });
  });

  it('stops when the draft is not the one that was finished', async () => {
    await store.saveDraft(VISIT, 0, draft());
    await store.saveDraft(VISIT, 1, draft({ helpers_unnamed: 1 }));
    for (const draft_rev of [1, 3, null])
      await expect(store.finishVisit(finished(VISIT, { draft_rev }))).rejects.toMatchObject({ kind: 'draft_moved' });
    expect(await onDisk()).toEqual({ drafts: 1, ops: 0, visits: 0 });
  });

  it('[S13] numbers ops without a gap, also from two tabs at once', async () => {
    const other = await reopened();
    const many = Array.from({ length: 8 }, (_, i) => (i % 2 ? other : store).finishVisit(finished(id(200 + i))));
    const ops = await Promise.all(many);
    expect(new Set(ops.map(({ op }) => op)).size).toBe(8);
    expect((await store.exchange.waiting()).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const ns = await Promise.all(ops.map(async ({ op }) => (await text(op)).n));
    expect(ns.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('[S3] refuses text that has no canonical form before anything is written', async () => {
    const odd = body(VISIT, { programme: 'day\0care' });
    await expect(store.finishVisit(finished(VISIT, { body: odd }))).rejects.toThrow('nul at /body/programme');
    expect(await onDisk()).toEqual({ drafts: 0, ops: 0, visits: 0 });
  });

  it('shows her change of a person at once', async () => {
    const saves = [{ list: 'people', id: id(70), label: '新来的', properties: { living: 'alone' }, creates: true }];
    await store.finishVisit(finished(VISIT, { saves }));
    expect(await store.entity(id(70))).toMatchObject({ label: '新来的', unsent: true, feeds: [] });
  });
});
