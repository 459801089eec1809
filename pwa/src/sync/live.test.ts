/**
 * The phone's own client against a real county over a line that may break at any moment. What is asserted is what she
 * sees, and what the county holds as a second phone of hers hears it.
 */
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { databaseName } from '../store/registry';
import type { Tables } from '../store/schema';
import { rawText } from '../store/testing/phone';
import { EnrolError, enrol } from './enrol';
import { newId } from './ids';
import type { Cursor } from './messages';
import { moment } from './moment';
import { contact } from './testing/contact';
import {
  asTheCountyHasIt,
  code,
  desk,
  enrolledPhone,
  isPush,
  live,
  start,
  stop,
  useBadLine,
} from './testing/live-phone';

/** Whose forms her phone fetches: those of her teams, and the cards of all. */
const HERS = new Set(['day-care', 'flyer-cleanup', 'free-clinic', 'common']);
/** Of her visits one lies with the office in two versions. */
const DISPUTED = 1;

useBadLine();

describe('enrolling', () => {
  it('a code whose answer was lost is spent for this phone, and gives the same device again', async () => {
    globalThis.indexedDB = new IDBFactory();
    const card = await code();
    live.line.decide = () => 'lose_answer';
    await expect(enrol(card, { base: live.line.url })).rejects.toMatchObject({ problem: { code: 'offline' } });
    live.line.decide = () => 'pass';
    const identity = await enrol(` ${card.toLowerCase()} `, { base: live.line.url });
    expect(identity.user.name).toBe('单秀云');
    const keys = new Set(
      live.line.seen.map(({ body }) => (JSON.parse(body) as { public_key: { x: string } }).public_key.x),
    );
    expect(keys.size).toBe(1);
  });

  it('a code that is none is told in her language', async () => {
    globalThis.indexedDB = new IDBFactory();
    const wrong = enrol('ZZZZ2222', { base: live.line.url, language: 'zh' });
    await expect(wrong).rejects.toBeInstanceOf(EnrolError);
    await expect(wrong).rejects.toMatchObject({ problem: { code: 'code_unknown' } });
    await expect(wrong).rejects.toThrow(/\p{Script=Han}/u);
  });
});

describe('pulling', () => {
  it('[S4] [S12] brings her people, their pairs, her visits and her teams’ forms, and the digests agree', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    expect(handle.status()).toMatchObject({ at: 'idle' });
    const home = await phone.home();
    expect(home.people.map(({ entity }) => entity.label)).toContain('朴顺姬');
    expect(home.people.every(({ programme }) => programme?.key === 'day-care')).toBe(true);
    expect((await phone.visits()).length).toBeGreaterThan(10);
    for (const head of await phone.forms()) {
      const text = await phone.xform(head.sha256);
      if (HERS.has(head.programme)) expect(text).toContain(head.form);
      else expect(text).toBeNull();
    }
    expect((await phone.exchange.standing()).mismatched).toEqual([]);
    const { cursor } = await phone.exchange.standing();
    const kinds = Object.keys(cursor?.feeds ?? {}).map((feed) => feed.split(':')[0]);
    expect([...new Set(kinds)].sort()).toEqual(['county', 'device', 'team', 'user']); // she is in several teams
  });

  it('[S4] [S10] goes on where it was when every second answer is lost', async () => {
    let count = 0;
    live.line.decide = ({ path }) => (path === '/api/sync' && count++ % 2 === 0 ? 'lose_answer' : 'pass');
    const { store: phone, sync: handle } = await enrolledPhone();
    const complete = async (): Promise<void> => {
      expect((await phone.home()).people.length).toBeGreaterThan(0);
      const hers = (await phone.forms()).filter(({ programme }) => HERS.has(programme));
      expect(hers.length).toBeGreaterThan(HERS.size);
      for (const { sha256 } of hers) expect(await phone.xform(sha256)).not.toBeNull();
      expect(handle.status().at).toBe('idle');
    };
    await vi.waitFor(complete, { timeout: 20_000 });
    expect((await phone.exchange.standing()).mismatched).toEqual([]);
  });

  it('[S12] mends what was damaged on the phone, and nothing else travels again', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const people = (await phone.entities()).map(({ label }) => label).sort();
    const feed = (await phone.entities()).flatMap(({ feeds }) => feeds)[0] ?? '';
    const kept = await contact(phone);
    live.line.decide = (passing) => (isPush(passing) ? 'lose_request' : 'pass');
    await phone.finishVisit(kept);
    await handle.settled();
    stop();
    const ghost = await damage(databaseName(phone.identity.device, phone.identity.user.id), feed);
    const { store: hurt, sync: later } = await start();
    expect(await hurt.exchange.unsettled()).toHaveLength(1);
    live.line.decide = () => 'pass';
    const before = live.line.seen.length;
    later.sendNow();
    await vi.waitFor(async () => expect((await hurt.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await later.settled();
    expect((await hurt.entities()).map(({ label }) => label).sort()).toEqual(people);
    expect(await hurt.entity(ghost)).toBeNull();
    expect((await hurt.exchange.standing()).mismatched).toEqual([]);
    const exchanges = live.line.seen.slice(before).filter(({ path }) => path === '/api/sync');
    expect(exchanges.some(({ body }) => body.includes(`"mismatched":["${feed}"]`))).toBe(true);
    const cursors = exchanges.map(({ body }) => (JSON.parse(body) as { cursor: Cursor | null }).cursor);
    expect(cursors.every((sent) => sent !== null && feed in sent.feeds)).toBe(true);
    expect(await asTheCountyHasIt(kept.body.visit)).toHaveLength(1);
  });
});

/** Half of the people of a feed are gone, and somebody stands there whom nobody knows; it was last counted a year ago. */
async function damage(name: string, feed: string): Promise<string> {
  const db = await openDB<Tables>(name);
  const rows = (await db.getAllFromIndex('rows', 'kind', 'entity')).filter((row) => row.feed === feed);
  const [first] = rows;
  if (first === undefined) throw new Error('nobody stands in this feed');
  for (const row of rows.filter((_, index) => index % 2 === 0)) await db.delete('rows', [feed, 'entity', row.id]);
  const ghost = { ...first, id: newId() };
  await db.put('rows', ghost);
  const held = await db.get('feeds', feed);
  if (held !== undefined) await db.put('feeds', { ...held, counted: '2025-01-01T00:00:00.000Z' });
  db.close();
  return ghost.id;
}

describe('sending a visit', () => {
  it('[S1] [S2] killed between the county’s commit and its answer, it is sent again and found once', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const visit = await contact(phone);
    live.line.decide = (passing) => (isPush(passing) ? 'lose_answer' : 'pass');
    await phone.finishVisit(visit);
    await handle.settled();
    expect(handle.status()).toMatchObject({ at: 'offline' });
    expect(await phone.visit(visit.body.visit)).toMatchObject({ state: 'waiting' });
    const pushes = live.line.seen.filter(isPush).map(({ body }) => body.slice(body.indexOf('"ops":[')));

    live.line.decide = () => 'pass';
    const { store: again } = await start(); // the app was killed, too
    expect(await again.visit(visit.body.visit)).toMatchObject({ state: 'received', handling: false });
    expect((await again.home()).counts).toMatchObject({ waiting: 0, handling: DISPUTED });
    pushes.push(...live.line.seen.filter(isPush).map(({ body }) => body.slice(body.indexOf('"ops":['))));
    expect(new Set(pushes).size).toBe(1); // byte for byte what was offered before
    const held = await asTheCountyHasIt(visit.body.visit);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ number: 1, state: 'received' });
  });

  it('[S10] a request that never arrives is sent again by itself', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    let lost = 0;
    live.line.decide = (passing) => (isPush(passing) && lost++ < 3 ? 'lose_request' : 'pass');
    const visit = await contact(phone);
    await phone.finishVisit(visit);
    await vi.waitFor(
      async () => expect(await phone.visit(visit.body.visit)).toMatchObject({ state: 'received' }),
      20_000,
    );
    await handle.settled();
    expect(await asTheCountyHasIt(visit.body.visit)).toHaveLength(1);
  });

  it('many visits go in few exchanges, each once', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    live.line.decide = ({ path }) => (path === '/api/sync' ? 'lose_request' : 'pass');
    const finished: string[] = [];
    for (let i = 0; i < 12; i++) {
      const visit = await contact(phone, { note: `第${i}次` });
      finished.push(visit.body.visit);
      await phone.finishVisit(visit);
    }
    live.line.decide = () => 'pass';
    const before = live.line.seen.length;
    handle.sendNow();
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    expect(live.line.seen.slice(before).filter(isPush).length).toBeLessThanOrEqual(5);
    const { store: other } = await enrolledPhone();
    const heads = (await other.known('visit')).map(({ body }) => body).filter(({ visit }) => finished.includes(visit));
    expect(heads.map(({ number }) => number)).toEqual(Array<number>(12).fill(1));
  });

  it('[S3] what the county cannot take stays on both sides, with its words, and blocks nothing', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const odd = await contact(phone, { version: '1999010101' });
    await phone.finishVisit(odd);
    const good = await contact(phone);
    await phone.finishVisit(good);
    await handle.settled();
    const card = await phone.visit(odd.body.visit);
    expect(card).toMatchObject({ state: 'received', handling: true, problem: { code: 'form_version_unknown' } });
    expect(card?.problem?.title).toMatch(/\p{Script=Han}/u);
    expect(await phone.visit(good.body.visit)).toMatchObject({ state: 'received', handling: false });
    expect((await phone.home()).counts).toMatchObject({ waiting: 0, handling: DISPUTED + 1 });
  });

  it('[S3] an op that no exchange gets through goes raw into quarantine, and the queue moves on', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const cursed = await contact(phone, { note: '咒语' });
    live.line.decide = ({ path, body }) => (path === '/api/sync' && body.includes('咒语') ? 'refuse' : 'pass');
    const { op } = await phone.finishVisit(cursed);
    const good = await contact(phone);
    await phone.finishVisit(good);
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    const handed = live.line.seen.filter(({ path }) => path === '/api/quarantine');
    expect(handed).toHaveLength(1);
    expect(handed[0]?.body).toBe(new TextDecoder().decode(await phone.exchange.opText(op)));
    expect(await phone.visit(cursed.body.visit)).toMatchObject({ state: 'received', handling: true });
    expect(await phone.visit(good.body.visit)).toMatchObject({ state: 'received', handling: false });
  });
});

describe('clocks', () => {
  it.each([31, -31])('[S9] a phone whose clock is %i days off is heard, after one more signature', async (days) => {
    const { store: phone } = await enrolledPhone();
    const visit = await contact(phone);
    stop();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
    live.line.decide = (passing) => (isPush(passing) ? 'lose_request' : 'pass');
    const { store: again } = await start();
    const at = moment();
    const marks = { check_in: { at, reason: 'no_fix' }, check_out: { at, reason: 'no_fix' } } as const;
    await again.finishVisit({ ...visit, at, body: { ...visit.body, ...marks } });
    live.line.decide = () => 'pass';
    await vi.waitFor(async () => expect((await again.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    vi.useRealTimers();
    const today = (await again.home()).today;
    const [head] = await asTheCountyHasIt(visit.body.visit);
    expect(head?.day).toBe(today);
  });
});

describe('a phone that the county has revoked', () => {
  it('[S5] hears no more and is told so, but what it sends is kept, and nothing on it is deleted', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const people = (await phone.home()).people.length;
    await (await desk('admin'))('POST', `/api/desk/devices/${phone.identity.device}/revoke`);
    const visit = await contact(phone);
    await phone.finishVisit(visit);
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    expect(handle.status()).toMatchObject({ at: 'trouble', problem: { code: 'device_revoked' } });
    expect(await phone.visit(visit.body.visit)).toMatchObject({ handling: true, problem: { code: 'device_revoked' } });
    expect((await phone.home()).people).toHaveLength(people);
    const { store: again, sync: later } = await start();
    expect(later.status()).toMatchObject({ at: 'trouble', problem: { code: 'device_revoked' } });
    expect((await again.home()).people).toHaveLength(people);
  });
});

describe('what lies on the phone', () => {
  it('names nobody in clear: not her people, not herself, not what she wrote', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    await phone.finishVisit(await contact(phone, { note: '夜里咳得厉害' }));
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    const names = [...(await phone.entities()).map(({ label }) => label), phone.identity.user.name, '夜里咳得厉害'];
    expect(names.length).toBeGreaterThan(5);
    const raw = await rawText();
    expect(raw).toContain('visit.put');
    expect(names.filter((name) => raw.includes(name))).toEqual([]);
  });
});
