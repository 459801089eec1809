import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change, Json } from '../sync/messages';
import type { Store } from './store';
import { fullDisk } from './testing/faults';
import { EPOCH, SHAN, closeAll, finished, freshPhone, hear, id, rawText, reopened, visitHead } from './testing/phone';

const FEED = `user:${SHAN}`;
const VISIT = id(100);
let store: Store;
let seq = 0;
let op: string;

/** A visit that the county has. */
beforeEach(async () => {
  store = await freshPhone();
  seq = 0;
  op = (await store.finishVisit(finished(VISIT))).op;
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

function change(kind: string, thing: string, body: Json): Change {
  seq += 1;
  return { feed: FEED, kind, id: thing, seq, version: `${seq}`, body };
}

function head(state: string, revision = op): Change {
  seq += 1;
  return visitHead(VISIT, revision, seq, { state });
}

const come = (...changes: Change[]): Promise<unknown> =>
  hear(store, { changes, cursor: { epoch: EPOCH, feeds: { [FEED]: seq } } });
const accept = (id_: string): Promise<unknown> => hear(store, { results: [{ id: id_, outcome: 'accepted' }] });

async function lastOp(): Promise<{ id: string; kind: string; n: number; base: string | null; body: unknown }> {
  const [last] = (await store.exchange.unsettled()).slice(-1);
  return JSON.parse(new TextDecoder().decode(await store.exchange.opText(last!.id))) as never;
}

const said = async (): Promise<unknown[]> => {
  const card = await store.visit(VISIT);
  return [card?.state, card?.withdrawal, card?.changeable];
};

describe('taking a visit back', () => {
  it('is an op on the newest revision, waits like any other, and is withdrawn when the county has it', async () => {
    await accept(op);
    await come(head('received'));
    expect(await said()).toEqual(['received', null, true]);
    await store.withdrawVisit(VISIT, '写错人了');
    const sent = await lastOp();
    expect(sent).toMatchObject({ kind: 'visit.withdraw', n: 2, base: op, body: { visit: VISIT, reason: '写错人了' } });
    expect(await said()).toEqual(['waiting', 'waiting', false]);
    expect((await store.home()).counts.waiting).toBe(1);
    store = await reopened();
    await accept(sent.id);
    expect(await said()).toEqual(['withdrawn', null, false]);
    await come(head('withdrawn'));
    expect(await said()).toEqual(['withdrawn', null, false]);
    expect((await store.home()).counts).toMatchObject({ waiting: 0, handling: 0, returned: 0 });
  });

  it('needs no reason, and no answer to the visit itself yet', async () => {
    await store.withdrawVisit(VISIT, null);
    expect(await lastOp()).toMatchObject({ kind: 'visit.withdraw', base: op, body: { visit: VISIT } });
  });

  it('is too late once somebody has decided: here at once, else by the county’s word', async () => {
    await accept(op);
    await come(head('received'));
    await store.withdrawVisit(VISIT, null);
    const sent = await lastOp();
    const late = {
      id: sent.id,
      outcome: 'refused',
      code: 'already_decided',
      title: '县里已经看过了',
      next: '',
    } as const;
    await hear(store, {
      results: [late],
      changes: [head('approved')],
      cursor: { epoch: EPOCH, feeds: { [FEED]: seq } },
    });
    expect(await said()).toEqual(['approved', 'refused', false]);
    expect((await store.visit(VISIT))?.problem).toEqual({ code: 'already_decided', title: '县里已经看过了', next: '' });
    await expect(store.withdrawVisit(VISIT, null)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('is put right again by sending it once more', async () => {
    await accept(op);
    await store.withdrawVisit(VISIT, null);
    const withdrawal = (await lastOp()).id;
    await accept(withdrawal);
    expect(await said()).toEqual(['withdrawn', null, false]);
    await come(formHead());
    await store.editSent(VISIT);
    expect((await store.loadDraft(VISIT))?.state.base).toBe(withdrawal);
    const again = await store.finishVisit(finished(VISIT, { draft_rev: 1 }));
    expect(await said()).toEqual(['waiting', null, true]);
    await hear(store, {
      results: [{ id: again.op, outcome: 'accepted' }],
      changes: [head('received', again.op)],
      cursor: { epoch: EPOCH, feeds: { [FEED]: seq } },
    });
    expect(await said()).toEqual(['received', null, true]);
  });

  it('changes nothing when the phone is full, and is one op from two tabs', async () => {
    fullDisk('outbox');
    await expect(store.withdrawVisit(VISIT, null)).rejects.toMatchObject({ kind: 'quota' });
    vi.restoreAllMocks();
    expect(await said()).toEqual(['waiting', null, true]);
    const other = await reopened();
    const both = await Promise.allSettled([store.withdrawVisit(VISIT, null), other.withdrawVisit(VISIT, null)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await store.exchange.waiting()).map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe('notes', () => {
  const note = (name: string, more: Readonly<Record<string, Json>>): Change =>
    change('note', name, {
      id: name,
      visit: VISIT,
      by: '佟立岩',
      at: '2026-11-24T03:00:00.000Z',
      text: '',
      mine: false,
      ...more,
    });

  it('go both ways; an own one is there at once, and once when the county has it', async () => {
    await accept(op);
    await store.addNote(VISIT, '药是儿子送来的');
    const sent = await lastOp();
    expect(sent).toMatchObject({ kind: 'note.add', base: op, body: { visit: VISIT, text: '药是儿子送来的' } });
    expect(await store.notes(VISIT)).toMatchObject([
      { text: '药是儿子送来的', mine: true, state: 'waiting', by: '单秀云' },
    ]);
    expect((await store.visit(VISIT))?.state).toBe('received'); // the visit itself does not wait
    await accept(sent.id);
    const theirs = note(id(400), { text: '好的', at: '2036-11-24T03:00:00.000Z' });
    await come(theirs, note(sent.id, { text: '药是儿子送来的', mine: true, by: '单秀云' }));
    const told = (await store.notes(VISIT)).map(({ text, mine, state }) => [text, mine, state]);
    expect(told).toEqual([
      ['药是儿子送来的', true, 'received'],
      ['好的', false, 'received'],
    ]);
    expect(await store.notes(id(101))).toEqual([]);
  });

  it('lie sealed on the phone', async () => {
    await store.addNote(VISIT, '药是儿子送来的');
    await come(note(id(400), { text: '好的我知道了' }));
    const raw = await rawText();
    expect(['药是儿子送来的', '好的我知道了'].filter((text) => raw.includes(text))).toEqual([]);
  });

  it('that the county does not take say so', async () => {
    await store.addNote(VISIT, '药是儿子送来的');
    const sent = await lastOp();
    await hear(store, { results: [{ id: sent.id, outcome: 'refused', code: 'not_your_visit' }] });
    expect(await store.notes(VISIT)).toMatchObject([{ state: 'refused' }]);
    await expect(store.addNote(id(999), '谁的？')).rejects.toMatchObject({ kind: 'gone' });
  });
});

describe('notices', () => {
  const notice = (name: string, at: string, kind = 'returned'): Change =>
    change('notice', name, { id: name, kind, at, visit: VISIT, by: '佟立岩', words: '再看一下' });

  it('come newest first, are read once, and stay read after a restart', async () => {
    await come(notice(id(500), '2026-11-24T03:00:00.000Z'), notice(id(501), '2026-11-24T04:00:00.000Z', 'approved'));
    expect((await store.notices()).map(({ kind, read }) => [kind, read])).toEqual([
      ['approved', false],
      ['returned', false],
    ]);
    const other = await reopened();
    const heard = new Promise<string[]>((resolve) => other.onStoreChange((topics) => resolve([...topics])));
    await store.readNotices();
    expect(await heard).toEqual(['notices']);
    await come(notice(id(502), '2026-11-24T05:00:00.000Z'));
    expect((await (await reopened()).notices()).map(({ read }) => read)).toEqual([false, true, true]);
  });
});

describe('notices from before this phone was hers', () => {
  it('are not called new', async () => {
    const old = (at: string): Json => ({ id: id(500), kind: 'approved', at, visit: null, by: '佟立岩', words: null });
    await come(change('notice', id(500), old('2026-10-01T03:00:00.000Z')));
    expect((await store.notices()).map(({ read }) => read)).toEqual([true]);
    await come(change('notice', id(500), old('2026-11-24T01:00:00.001Z')));
    expect((await store.notices()).map(({ read }) => read)).toEqual([false]);
  });
});

describe('what she chose', () => {
  it('is kept: photos go at once unless she wants them to wait for Wi-Fi', async () => {
    expect(await store.photosOnWifi()).toBe(false);
    await store.setPhotosOnWifi(true);
    expect(await (await reopened()).photosOnWifi()).toBe(true);
  });

  it('what was sent is counted by the county’s day', async () => {
    await hear(store, { server_time: new Date().toISOString() });
    await store.exchange.noteSent(1_000);
    await store.exchange.noteSent(500);
    expect(await (await reopened()).sentToday()).toBe(1_500);
  });
});

function formHead(): Change {
  const binds = { subject: null, door: null, place: null, volunteers: null };
  return change('form', 'daily-contact', {
    form: 'daily-contact',
    version: '1',
    sha256: 'f'.repeat(64),
    bytes: 9,
    programme: 'day-care',
    kind: 'contact',
    title: { zh: '', en: '' },
    list: null,
    binds,
    lists: [],
    minutes: [],
    one_page: true,
    entity: false,
  });
}
