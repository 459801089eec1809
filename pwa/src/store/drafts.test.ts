import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from './store';
import { closeAll, draft, freshPhone, hear, id, reopened } from './testing/phone';
import { writeDraft } from './writer';

const VISIT = id(100);
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(closeAll);

describe('a draft', () => {
  it('is there again after the app was killed, at the same question', async () => {
    await store.saveDraft(VISIT, 0, draft());
    const again = await (await reopened()).loadDraft(VISIT);
    expect(again?.rev).toBe(1);
    expect(again?.state.screen).toEqual({ step: 2 });
    expect(again?.state.records[0]?.filling).toEqual({ xml: '<data><note>还没写完的话</note></data>', hidden: [] });
  });

  it('is not overwritten by a save that began from an older revision', async () => {
    await store.saveDraft(VISIT, 0, draft());
    await store.saveDraft(VISIT, 1, draft({ helpers_unnamed: 5 }));
    await expect(store.saveDraft(VISIT, 1, draft())).rejects.toMatchObject({ kind: 'draft_moved' });
    await expect(store.saveDraft(VISIT, 0, draft())).rejects.toMatchObject({ kind: 'draft_moved' });
    expect((await store.loadDraft(VISIT))?.state.helpers_unnamed).toBe(5);
  });

  it('keeps the newest state when saves come faster than the disk', async () => {
    const writer = writeDraft(store, VISIT, 0);
    await Promise.all([1, 2, 3, 4, 5].map((helpers) => writer.save(draft({ helpers_unnamed: helpers }))));
    const kept = await store.loadDraft(VISIT);
    expect(kept?.state.helpers_unnamed).toBe(5);
    expect(writer.rev()).toBe(kept?.rev);
    expect(kept?.rev).toBe(2); // the first, and the newest of those that waited
  });

  it('tells the writer when somebody else has saved it', async () => {
    const writer = writeDraft(store, VISIT, 0);
    await writer.save(draft());
    await (await reopened()).saveDraft(VISIT, 1, draft());
    await expect(writer.save(draft())).rejects.toMatchObject({ kind: 'draft_moved' });
  });

  it('is written by one tab at a time, which another may take over', async () => {
    const lease = await store.leaseDraft(VISIT);
    const other = await reopened();
    await expect(other.leaseDraft(VISIT)).rejects.toMatchObject({ kind: 'draft_elsewhere' });
    const taken = await other.leaseDraft(VISIT, { takeOver: true });
    await lease.lost;
    await taken.release();
    await expect(store.leaseDraft(VISIT)).resolves.toMatchObject({ visit: VISIT });
  });

  it('can be leased again by the tab that left it without a word', async () => {
    await store.leaseDraft(VISIT);
    await expect(store.leaseDraft(VISIT)).resolves.toMatchObject({ visit: VISIT });
  });

  it('that is thrown away can be had back for a week by the county’s clock', async () => {
    await store.saveDraft(VISIT, 0, draft());
    await hear(store);
    await store.discardDraft(VISIT);
    expect(await store.drafts()).toEqual([]);
    expect(await store.loadDraft(VISIT)).toBeNull();
    expect((await store.discarded()).map(({ visit, form }) => [visit, form])).toEqual([[VISIT, 'daily-contact']]);
    await hear(store, { server_time: '2026-11-30T01:00:00.000Z' });
    await store.undoDiscard(VISIT);
    expect((await store.loadDraft(VISIT))?.rev).toBe(1);
    expect(await store.discarded()).toEqual([]);

    await store.discardDraft(VISIT);
    await hear(store, { server_time: '2026-12-08T01:00:00.001Z' });
    await expect(store.undoDiscard(VISIT)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('in which nothing was answered is not offered again', async () => {
    const [record] = draft().records;
    await store.saveDraft(VISIT, 0, draft({ records: [{ ...record!, filling: null }] }));
    await store.discardDraft(VISIT);
    expect(await store.discarded()).toEqual([]);
  });

  it('tells every tab that it was saved', async () => {
    const other = await reopened();
    const heard = new Promise<string[]>((resolve) => other.onStoreChange((topics) => resolve([...topics])));
    await store.saveDraft(VISIT, 0, draft());
    expect(await heard).toEqual(['drafts']);
  });
});
