import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolled } from './registry';
import { upgrade } from './schema';
import type { Store } from './store';
import { fullDisk, killedAt } from './testing/faults';
import {
  DEVICE,
  IDENTITY,
  SHAN,
  bodyWith,
  bytesOf,
  closeAll,
  draft,
  finished,
  freshPhone,
  hear,
  id,
  photo,
  rawText,
  reopened,
  signingKey,
} from './testing/phone';

const VISIT = id(100);
const RECORD = id(90);
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

const states = async (on: Store = store): Promise<string[]> => (await on.captures()).map(({ state }) => state);

describe('a photo', () => {
  it('is there, byte for byte, after the app was killed between the camera and the form', async () => {
    await store.saveDraft(VISIT, 0, draft());
    const taken = await photo(VISIT, 1, { said_at: '2026-11-20T08:00:00.000Z' });
    await store.keepCapture(taken);
    const again = await reopened();
    expect(await again.captures(VISIT)).toEqual([
      {
        visit: VISIT,
        path: '/data/photo',
        name: taken.name,
        sha256: taken.sha256,
        type: 'image/jpeg',
        bytes: 3_000,
        said_at: '2026-11-20T08:00:00.000Z',
        state: 'draft',
        sent: 0,
        freed: false,
      },
    ]);
    const back = await again.captureBytes(taken.name);
    expect(back?.type).toBe('image/jpeg');
    expect(new Uint8Array(back!.bytes)).toEqual(bytesOf(1));
    expect(new Uint8Array((await again.capturePreview(taken.name))!.bytes)).toEqual(bytesOf(1_000_001, 600));
  });

  it('leaves nothing when the phone is full, and the draft as it was', async () => {
    await store.saveDraft(VISIT, 0, draft());
    for (const table of ['originals', 'previews', 'captures']) {
      fullDisk(table);
      await expect(store.keepCapture(await photo(VISIT, 1))).rejects.toMatchObject({ kind: 'quota' });
      vi.restoreAllMocks();
      expect(await states()).toEqual([]);
      expect(await store.captureBytes((await photo(VISIT, 1)).name)).toBeNull();
    }
    await store.keepCapture(await photo(VISIT, 1));
    expect(await states()).toEqual(['draft']);
    expect((await store.loadDraft(VISIT))?.rev).toBe(1);
  });

  it('that is taken twice is one, and one that two visits share goes with the last', async () => {
    await store.keepCapture(await photo(VISIT, 1));
    await store.keepCapture(await photo(VISIT, 1, { path: '/data/hazard_photo' }));
    expect((await store.captures(VISIT)).map(({ path }) => path)).toEqual(['/data/hazard_photo']);
    await store.keepCapture(await photo(id(101), 1));
    expect(await states()).toEqual(['draft', 'draft']);
    const { name } = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.finishVisit(finished(VISIT, { draft_rev: 1 })); // she took it out again
    expect((await store.captures()).map(({ visit }) => visit)).toEqual([id(101)]);
    expect(await store.captureBytes(name)).not.toBeNull();
    await store.finishVisit(finished(id(101)));
    expect(await store.captures()).toEqual([]);
    expect([await store.captureBytes(name), await store.capturePreview(name)]).toEqual([null, null]);
  });

  it('has no preview if it is a voice note, and is told to every tab', async () => {
    const other = await reopened();
    const heard = new Promise<string[]>((resolve) => other.onStoreChange((topics) => resolve([...topics])));
    await store.keepCapture(await photo(VISIT, 1, { type: 'audio/webm', preview: null }));
    expect(await heard).toEqual(['captures']);
    expect(await store.capturePreview((await photo(VISIT, 1)).name)).toBeNull();
  });

  it('lies sealed on the phone', async () => {
    const secret = new TextEncoder().encode('老宅门牌号'.repeat(50));
    await store.keepCapture(await photo(VISIT, 1, { bytes: secret.buffer }));
    expect(await rawText()).not.toContain('老宅门牌号');
  });

  it('lies on the phone as an ArrayBuffer, since WebKit fails to store Blobs', async () => {
    await store.keepCapture(await photo(VISIT, 1));
    store.close();
    const db = await openDB(`lianxin-${DEVICE}-${SHAN}`);
    const [row] = (await db.getAll('originals')) as { sealed: { data: unknown } }[];
    expect(Object.prototype.toString.call(row?.sealed.data)).toBe('[object ArrayBuffer]');
    db.close();
  });
});

describe('finishing a visit with photos', () => {
  it('takes along in one transaction what its records name', async () => {
    const [kept, dropped] = [await photo(VISIT, 1), await photo(VISIT, 2)];
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(kept);
    await store.keepCapture(dropped);
    const { op } = await store.finishVisit(finished(VISIT, { draft_rev: 1, body: bodyWith(VISIT, kept) }));
    const again = await reopened();
    expect((await again.captures()).map(({ name, state }) => [name, state])).toEqual([[kept.name, 'waiting']]);
    const text = new TextDecoder().decode(await again.exchange.opText(op));
    expect(text).toContain(`"attachments":[{"bytes":3000,"name":"${kept.name}","sha256":"${kept.sha256}"`);
  });

  it.each(['captures', 'outbox'])('changes nothing when the phone is full at %s', async (table) => {
    const taken = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(taken);
    fullDisk(table);
    const done = finished(VISIT, { draft_rev: 1, body: bodyWith(VISIT, taken) });
    await expect(store.finishVisit(done)).rejects.toMatchObject({ kind: 'quota' });
    vi.restoreAllMocks();
    expect([await states(), (await store.drafts()).length, await store.exchange.waiting()]).toEqual([['draft'], 1, []]);
    await store.finishVisit(done);
    expect(await states()).toEqual(['waiting']);
  });

  it('leaves photo and draft when the tab dies before the transaction ends', async () => {
    const taken = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(taken);
    killedAt('delete', 'drafts');
    const done = finished(VISIT, { draft_rev: 1, body: bodyWith(VISIT, taken) });
    await expect(store.finishVisit(done)).rejects.toMatchObject({ name: 'StoreError' });
    vi.restoreAllMocks();
    const again = await reopened();
    expect([await states(again), (await again.drafts()).length]).toEqual([['draft'], 1]);
    expect(new Uint8Array((await again.captureBytes(taken.name))!.bytes)).toEqual(bytesOf(1));
  });

  it('is one visit when two tabs finish it at once', async () => {
    const taken = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(taken);
    const other = await reopened();
    const done = finished(VISIT, { draft_rev: 1, body: bodyWith(VISIT, taken) });
    const both = await Promise.allSettled([store.finishVisit(done), other.finishVisit(done)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([await states(), (await store.exchange.waiting()).length]).toEqual([['waiting'], 1]);
  });
});

describe('a draft that is thrown away', () => {
  it('keeps its photos for as long as it can be had back, and then they go', async () => {
    const taken = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(taken);
    await store.awaitCapture(VISIT, RECORD, '/data/photo');
    const recording = await store.beginRecording({
      visit: VISIT,
      record: RECORD,
      path: '/data/voice',
      type: 'audio/webm',
    });
    await hear(store);
    await store.discardDraft(VISIT);
    await hear(store, { server_time: '2026-11-30T01:00:00.000Z' });
    await store.undoDiscard(VISIT);
    expect(await store.captureBytes(taken.name)).not.toBeNull();
    await store.discardDraft(VISIT);
    for (const day of ['08', '10']) await hear(store, { server_time: `2026-12-${day}T01:00:01.000Z` });
    expect([await store.captures(), await store.captureBytes(taken.name)]).toEqual([[], null]);
    expect([await store.recordings(VISIT, RECORD), await store.awaited(VISIT, RECORD)]).toEqual([[], []]);
    await expect(store.recordingBytes(recording)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('a photo that came before its draft was on the disk is not swept away at the next exchange', async () => {
    await store.keepCapture(await photo(VISIT, 1));
    await hear(store);
    expect(await states()).toEqual(['draft']);
    await store.saveDraft(VISIT, 0, draft());
    await hear(store, { server_time: '2027-01-01T01:00:00.000Z' });
    await hear(store, { server_time: '2027-02-01T01:00:00.000Z' });
    expect(await states()).toEqual(['draft']);
  });
});

describe('a photo that another app was asked for', () => {
  it('is known to be missing after the browser was killed, until it came or was let be', async () => {
    await store.awaitCapture(VISIT, RECORD, '/data/photo');
    await store.awaitCapture(VISIT, RECORD, '/data/hazard_photo');
    await store.awaitCapture(id(101), RECORD, '/data/photo');
    const again = await reopened();
    const missing = async (visit: string, record = RECORD): Promise<string[]> =>
      (await again.awaited(visit, record)).map(({ path }) => path);
    expect(await missing(VISIT)).toEqual(['/data/hazard_photo', '/data/photo']);
    expect(await missing(id(101))).toEqual(['/data/photo']);
    await again.keepCapture(await photo(VISIT, 1));
    expect(await missing(VISIT)).toEqual(['/data/hazard_photo']);
    await again.settleAwaited(VISIT, RECORD);
    expect([await missing(VISIT), await missing(id(101))]).toEqual([[], ['/data/photo']]);
  });

  it('is missed in the record that asked for it, and in no other of the visit', async () => {
    await store.awaitCapture(VISIT, RECORD, '/data/photo');
    await store.settleAwaited(VISIT, id(91));
    expect([await store.awaited(VISIT, id(91)), (await store.awaited(VISIT, RECORD)).length]).toEqual([[], 1]);
  });
});

describe('an older release’s phone', () => {
  it('keeps its drafts when the tables for photos are added', async () => {
    closeAll();
    globalThis.indexedDB = new IDBFactory();
    const name = `lianxin-${DEVICE}-${SHAN}`;
    const old = await openDB(name, 1, { upgrade: (db) => upgrade(db as never, 0, 1) });
    expect([...old.objectStoreNames]).not.toContain('captures');
    const row = { visit: VISIT, rev: 3, began: 'a', changed: 'a', person: null, refers: [], needs: [], starts: [] };
    await old.put('drafts', { ...row, sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(0) } });
    old.close();
    await enrolled(IDENTITY, await signingKey());
    const phone = await reopened();
    expect((await phone.exchange.draftHeads()).map(({ visit }) => visit)).toEqual([VISIT]);
    await phone.keepCapture(await photo(VISIT, 1));
    expect(await states(phone)).toEqual(['draft']);
  });
});
