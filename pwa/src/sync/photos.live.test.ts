/** Photos over a bad line, and what comes back, between the phone's own client and a real county. */
import { describe, expect, it, vi } from 'vitest';
import { type Store, dayAfter, openStore } from '../store';
import { attached } from '../store/testing/phone';
import type { Capture, FinishedVisit } from '../store/types';
import { noPage } from './background';
import { sha256Bytes } from './canonical';
import { runSync } from './loop';
import type { VisitBody } from './messages';
import type { Fate, Passing } from './testing/bad-line';
import { contact } from './testing/contact';
import { desk, enrolledPhone, isPush, live, start, useBadLine } from './testing/live-phone';
import { noise, picture } from './testing/pictures';

useBadLine();

const isPiece = ({ method, path }: Passing): boolean => method === 'PUT' && path.startsWith('/api/photos/');
const pieces = (): string[] => live.line.seen.filter(isPiece).map(({ range }) => range ?? '');

/** A finished contact with these pictures. */
async function withPictures(
  phone: Store,
  ...all: readonly Uint8Array<ArrayBuffer>[]
): Promise<[FinishedVisit, Capture[]]> {
  const { body } = await contact(phone);
  const captures = await Promise.all(all.map((bytes) => picture(body.visit, bytes)));
  for (const capture of captures) await phone.keepCapture(capture);
  const visit = await contact(phone, { attachments: captures.map(attached) });
  return [{ ...visit, body: { ...visit.body, visit: body.visit } }, captures];
}

const states = async (phone: Store): Promise<string[]> => (await phone.captures()).map(({ state }) => state);

const received = async (phone: Store, { body }: FinishedVisit): Promise<void> =>
  vi.waitFor(async () => expect(await phone.visit(body.visit)).toMatchObject({ state: 'received' }), {
    timeout: 10_000,
  });

async function allReceived(phone: Store): Promise<void> {
  const whole = async (): Promise<void> => expect(new Set(await states(phone))).toEqual(new Set(['received']));
  await vi.waitFor(whole, { timeout: 25_000, interval: 100 });
}

/** The supervisor's desk reads the same bytes. */
async function isAtTheDesk(visit: string, { sha256 }: Capture, what = ''): Promise<void> {
  const path = `/api/visits/${visit}/photos/${sha256}${what}`;
  const bytes = await vi.waitFor(async () => (await desk('佟立岩'))('GET', path), { timeout: 20_000 }); // looked over first
  expect(await sha256Bytes(bytes as Uint8Array<ArrayBuffer>)).toBe(sha256);
}

describe('photos', () => {
  it('[S7] [S8] go behind the words, previews first, piece by piece, and are equal byte for byte', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit, captures] = await withPictures(phone, noise(900), noise(400));
    let previewed = false;
    live.line.decide = (passing): Fate => {
      if (passing.path === '/api/sync') previewed ||= passing.body.includes('"previews":[{');
      if (isPiece(passing)) expect(previewed).toBe(true);
      return 'pass';
    };
    await phone.finishVisit(visit);
    await allReceived(phone);
    await sync.settled();
    for (const capture of captures) await isAtTheDesk(visit.body.visit, capture);
    expect(pieces().length).toBeGreaterThan(3);
    expect(await phone.visit(visit.body.visit)).toMatchObject({ state: 'received', handling: false });
    expect(sync.status().photos).toMatchObject({ at: 'resting', count: 0, bytes: 0 });
    expect(await phone.sentToday()).toBeGreaterThan(900 * 900);
  });

  it('[S7] resume where the county is when the line breaks in the middle of a piece, and the app is killed too', async () => {
    const { store: phone } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(1_000));
    let count = 0;
    live.line.decide = (passing): Fate => {
      if (!isPiece(passing)) return 'pass';
      count += 1;
      return count === 1 || count > 3 ? 'pass' : 'break_off';
    };
    await phone.finishVisit(visit);
    await vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
    live.line.decide = (passing) => (isPiece(passing) ? 'break_off' : 'pass');
    const { store: again } = await start();
    const [kept] = await again.captures();
    expect(kept?.state).toBe('sending');
    const [arrived] = live.line.seen.filter(isPiece).map(({ range }) => Number(/-(\d+)\//.exec(range ?? '')?.[1]) + 1);
    expect(kept?.sent).toBe(arrived);
    expect(live.phone?.sync.status().at).toBe('offline');
    const before = live.line.seen.length;
    live.line.decide = () => 'pass';
    live.phone?.sync.sendNow();
    await allReceived(again);
    const firsts = live.line.seen
      .slice(before)
      .filter(isPiece)
      .map(({ range }) => Number(/bytes (\d+)-/.exec(range ?? '')?.[1]));
    expect(Math.min(...firsts)).toBe(arrived); // nothing that had arrived was sent again
    await isAtTheDesk(visit.body.visit, capture!);
  });

  it('[S1] [S7] whose last answer was lost are held once, and their receipt comes with the next exchange', async () => {
    const { store: phone } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(300));
    live.line.decide = (passing) => (isPiece(passing) ? 'lose_answer' : 'pass');
    await phone.finishVisit(visit);
    await allReceived(phone);
    expect(pieces()).toHaveLength(1);
    await isAtTheDesk(visit.body.visit, capture!);
  });

  it('[S8] give way to a visit that she finishes meanwhile', async () => {
    const { store: phone } = await enrolledPhone();
    const [visit] = await withPictures(phone, noise(1_200));
    const second = await contact(phone, { note: '先走' });
    let began: Promise<unknown> | null = null;
    live.line.decide = (passing) => {
      if (isPiece(passing)) began ??= phone.finishVisit(second);
      return 'pass';
    };
    await phone.finishVisit(visit);
    await allReceived(phone);
    const order = live.line.seen.filter((each) => isPiece(each) || (isPush(each) && each.body.includes('先走')));
    const push = order.findIndex(({ path }) => path === '/api/sync');
    expect(push).toBeGreaterThan(0);
    expect(push).toBeLessThan(order.length - 1); // pieces before it and after it
  });

  it('[S10] that the county has no room for wait as it asks, and words do not', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit] = await withPictures(phone, noise(300));
    let full = true;
    live.line.decide = (passing) => (isPiece(passing) && full ? 'busy' : 'pass');
    await phone.finishVisit(visit);
    await vi.waitFor(() => expect(pieces()).toHaveLength(1), { timeout: 10_000 });
    await sync.settled();
    expect(sync.status()).toMatchObject({ at: 'idle', photos: { count: 1 } });
    const second = await contact(phone);
    await phone.finishVisit(second);
    await received(phone, second);
    full = false;
    sync.sendNow();
    await allReceived(phone);
  });

  it('[S3] of a county that stumbles over a preview do without it, and no word waits', async () => {
    const { store: phone } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(200));
    live.line.decide = ({ path, body }) => (path === '/api/sync' && body.includes('"previews":[{') ? 'refuse' : 'pass');
    await phone.finishVisit(visit);
    await allReceived(phone);
    expect(live.line.seen.filter(({ body }) => body.includes('"previews":[{'))).toHaveLength(1);
    await isAtTheDesk(visit.body.visit, capture!);
  });

  it('[S8] wait for Wi-Fi if she wants it so; words and previews do not', async () => {
    const connection = Object.assign(new EventTarget(), { type: 'cellular' });
    vi.stubGlobal('navigator', { connection });
    const { store: phone, sync } = await enrolledPhone();
    await phone.setPhotosOnWifi(true);
    const [visit, [capture]] = await withPictures(phone, noise(200));
    await phone.finishVisit(visit);
    await vi.waitFor(() => expect(sync.status().photos).toMatchObject({ at: 'wifi', count: 1 }), { timeout: 10_000 });
    await received(phone, visit);
    await sync.settled();
    expect(pieces()).toEqual([]);
    await (await desk('佟立岩'))('GET', `/api/visits/${visit.body.visit}/photos/${capture!.sha256}/preview`);
    await phone.setPhotosOnWifi(false); // now, after all
    await allReceived(phone);
    vi.unstubAllGlobals();
  });

  it('[S10] of two tabs at once go once, and neither loses its place', async () => {
    const { store: phone } = await enrolledPhone();
    const other = await openStore();
    const second = runSync(other, noPage, { base: live.line.url, rand: () => 0 });
    const [visit, captures] = await withPictures(phone, noise(700), noise(700));
    await phone.finishVisit(visit);
    await allReceived(phone);
    await second.settled();
    for (const capture of captures) await isAtTheDesk(visit.body.visit, capture);
    const sent = live.line.seen.filter(isPiece).map(({ range }) => /bytes (\d+)-(\d+)/.exec(range ?? ''));
    const bytes = sent.reduce((sum, found) => sum + Number(found?.[2]) - Number(found?.[1]) + 1, 0);
    const total = captures.reduce((sum, capture) => sum + capture.bytes.byteLength, 0);
    expect(bytes).toBe(total);
    second.stop();
    other.close();
  });

  it('[S7] that two visits share are kept once on the phone, and held for both', async () => {
    const { store: phone } = await enrolledPhone();
    const same = noise(200);
    const [first, [capture]] = await withPictures(phone, same);
    await phone.finishVisit(first);
    await allReceived(phone);
    const [second] = await withPictures(phone, same);
    await phone.finishVisit(second);
    await allReceived(phone);
    for (const { body } of [first, second]) await isAtTheDesk(body.visit, capture!);
    expect(pieces()).toHaveLength(1);
  });

  it('[S5] of a phone that was revoked are kept for the desk with their visit', async () => {
    const { store: phone } = await enrolledPhone();
    await (await desk('admin'))('POST', `/api/desk/devices/${phone.identity.device}/revoke`);
    const [visit] = await withPictures(phone, noise(200));
    await phone.finishVisit(visit);
    await allReceived(phone);
    expect(await phone.visit(visit.body.visit)).toMatchObject({ handling: true, problem: { code: 'device_revoked' } });
  });

  it('[S7] that are no pictures are received all the same, and stand aside', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, crypto.getRandomValues(new Uint8Array(5_000)));
    await phone.finishVisit(visit);
    await allReceived(phone);
    await isAtTheDesk(visit.body.visit, capture!, '?download=1');
    sync.sendNow();
    await vi.waitFor(async () => expect(await states(phone)).toEqual(['aside']), { timeout: 20_000 });
  });

  it('[S7] that this phone cannot read any more are said to be lost, and the visit stands', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(200));
    live.line.decide = ({ path }) => (path === '/api/sync' ? 'lose_request' : 'pass');
    await phone.finishVisit(visit);
    await spoil(phone, capture!);
    live.line.decide = () => 'pass';
    sync.sendNow();
    await vi.waitFor(async () => expect(await states(phone)).toEqual(['lost']), { timeout: 20_000 });
    await vi.waitFor(async () => expect(await phone.exchange.unsettled()).toEqual([]), { timeout: 20_000 });
    expect(pieces()).toEqual([]);
    expect(await phone.visit(visit.body.visit)).toMatchObject({ state: 'received', handling: false });
  });
});

/** The bytes on the disk are no longer what was written. */
async function spoil({ identity }: Store, { sha256 }: Capture): Promise<void> {
  const open = indexedDB.open(`lianxin-${identity.device}-${identity.user.id}`);
  const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
  const table = db.transaction('originals', 'readwrite').objectStore('originals');
  const found = table.get(sha256);
  await new Promise<void>((done) => (found.onsuccess = () => done()));
  const row = found.result as { sealed: { iv: Uint8Array; data: ArrayBuffer } };
  table.put({ ...row, sealed: { ...row.sealed, data: row.sealed.data.slice(1) } });
  await new Promise<void>((done) => (table.transaction.oncomplete = () => done()));
  db.close();
}

describe('a visit that comes back', () => {
  const inThreeDays = async (phone: Store): Promise<string> => dayAfter((await phone.home()).today, 3);

  async function returned(phone: Store, visit: FinishedVisit): Promise<void> {
    const asks = await desk('佟立岩');
    const { visit: id, records } = visit.body;
    const card = (await phone.known('visit')).find(({ body }) => body.visit === id)?.body;
    const comments = [{ record: records[0]?.record, path: '/data/note', text: '咳了几天？' }];
    const decision = {
      kind: 'return',
      revision: card?.revision,
      words: '再看一下',
      by_day: await inThreeDays(phone),
      comments,
    };
    await asks('POST', `/api/visits/${id}/decisions`, decision);
  }

  it('is corrected on the phone with its photo kept, and the county has a second revision', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(200));
    const { visit: id } = visit.body;
    await phone.finishVisit(visit);
    await allReceived(phone);
    await sync.settled();
    await returned(phone, visit);
    sync.sendNow();
    await sync.settled();
    const card = await phone.visit(id);
    expect(card).toMatchObject({
      state: 'returned',
      returned: { by: '佟立岩', words: '再看一下', by_day: await inThreeDays(phone) },
    });
    expect((await phone.notices())[0]).toMatchObject({ kind: 'returned', visit: id, read: false });

    await phone.beginCorrection(id);
    const draft = await phone.loadDraft(id);
    const { sent, ...record } = draft!.state.records[0]!;
    expect(sent).toEqual({ xml: visit.body.records[0]?.xml, attachments: [attached(capture!)] });
    expect(record.list_rows).toEqual(visit.body.records[0]?.list_rows);
    expect(draft?.state).toMatchObject({ check_in: visit.body.check_in, check_out: visit.body.check_out });
    const answers = [{ record: record.record, path: '/data/note', said: 'changed' }] as const;
    await phone.saveDraft(id, draft!.rev, {
      ...draft!.state,
      correction: { ...draft!.state.correction!, answers },
    });
    const xml = sent!.xml.replace('咳嗽', '咳嗽三天，夜里重');
    const body: VisitBody = { ...visit.body, records: visit.body.records.map((one) => ({ ...one, xml })) };
    await phone.finishVisit({ ...visit, body, draft_rev: draft!.rev + 1 });
    await sync.settled();
    expect(await phone.visit(id)).toMatchObject({ state: 'received', handling: false, returned: null });
    const [head] = (await phone.known('visit')).map((each) => each.body).filter((each) => each.visit === id);
    expect(head).toMatchObject({ number: 2, state: 'received' });
    await isAtTheDesk(id, capture!);
    expect(pieces()).toHaveLength(1); // the kept photo was not sent again
  });

  it('[S7] shows what was sent on another phone of hers too, read through her own visit', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const [visit, [capture]] = await withPictures(phone, noise(200));
    await phone.finishVisit(visit);
    await allReceived(phone);
    await sync.settled();
    await returned(phone, visit);
    const { store: other, sync: theirs } = await enrolledPhone();
    await theirs.settled();
    expect(await other.captureBytes(capture!.name)).toBeNull();
    expect(await other.capturePreview(capture!.name)).not.toBeNull();
  });

  it('is taken back and sent again by its author, and a note goes along', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const visit = await contact(phone);
    const { visit: id } = visit.body;
    const [form] = (await phone.forms()).filter((head) => head.form === 'daily-contact');
    await phone.finishVisit(visit);
    await sync.settled();
    await phone.addNote(id, '药是儿子送来的');
    await phone.withdrawVisit(id, '写错人了');
    await sync.settled();
    expect(await phone.visit(id)).toMatchObject({ state: 'withdrawn', withdrawal: null });
    expect(await phone.notes(id)).toMatchObject([{ text: '药是儿子送来的', mine: true, state: 'received' }]);
    await phone.editSent(id);
    expect((await phone.loadDraft(id))?.state.records[0]?.sha256).toBe(form?.sha256);
    await phone.finishVisit({ ...visit, draft_rev: 1 });
    await sync.settled();
    expect(await phone.visit(id)).toMatchObject({ state: 'received', handling: false, changeable: true });
  });

  it('is too late to take back once somebody has decided, and she is told', async () => {
    const { store: phone, sync } = await enrolledPhone();
    const visit = await contact(phone);
    const { visit: id } = visit.body;
    await phone.finishVisit(visit);
    await sync.settled();
    await returned(phone, visit);
    await phone.withdrawVisit(id, null);
    await sync.settled();
    const card = await phone.visit(id);
    expect(card).toMatchObject({ state: 'returned', withdrawal: 'refused', problem: { code: 'already_decided' } });
    expect(card?.problem?.title).toMatch(/\p{Script=Han}/u);
  });
});
