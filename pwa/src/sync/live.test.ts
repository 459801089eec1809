/**
 * The phone's own client against a real county over a line that may break at any moment. What is asserted is what she
 * sees, and what the county holds as a second phone of hers hears it.
 */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { type Store, openStore } from '../store';
import { rawText } from '../store/testing/phone';
import type { FinishedVisit } from '../store/types';
import { noPage } from './background';
import { EnrolError, enrol } from './enrol';
import { newId } from './ids';
import type { VisitHead } from './messages';
import { type SyncHandle, runSync } from './loop';
import { moment } from './moment';
import { type BadLine, type Passing, badLine } from './testing/bad-line';

const county = inject('county');
let line: BadLine;
let store: Store | null = null;
let sync: SyncHandle | null = null;

async function code(): Promise<string> {
  const answer = await fetch(`${county}/api/demo/enrolment`, { method: 'POST' });
  return ((await answer.json()) as { code: string }).code;
}

function stop(): void {
  sync?.stop();
  store?.close();
  [sync, store] = [null, null];
}

/** Starts the app on what the phone holds, and waits until it rests. Failures are tried again at once. */
async function start(): Promise<{ store: Store; sync: SyncHandle }> {
  stop();
  store = await openStore();
  sync = runSync(store, noPage, { base: line.url, rand: () => 0 });
  await sync.settled();
  return { store, sync };
}

async function enrolledPhone(): Promise<{ store: Store; sync: SyncHandle }> {
  globalThis.indexedDB = new IDBFactory();
  await enrol(await code(), { base: line.url });
  return start();
}

/** As the county's administrator does it when a phone is lost. */
async function revoke(device: string): Promise<void> {
  const json = { 'Content-Type': 'application/json', 'X-Lianxin': 'desk' };
  const { demo } = (await (await fetch(`${county}/api/about`)).json()) as { demo: { password: string } };
  const body = JSON.stringify({ username: 'admin', password: demo.password });
  const signed = await fetch(`${county}/api/desk/session`, { method: 'POST', headers: json, body });
  const { access_token } = (await signed.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  const done = await fetch(`${county}/api/desk/devices/${device}/revoke`, { method: 'POST', headers });
  if (!done.ok) throw new Error(await done.text());
}

/** A daily contact with the first person of her day, as a finished form makes it. */
async function contact(phone: Store, more: { version?: string; note?: string } = {}): Promise<FinishedVisit> {
  const [home, [form]] = [await phone.home(), (await phone.forms()).filter((head) => head.form === 'daily-contact')];
  const person = home.people[0]?.entity;
  if (person === undefined || form === undefined) throw new Error('the demo county has nobody for her');
  const xform = (await phone.xform(form.sha256)) ?? '';
  const version = more.version ?? form.version;
  const answers = {
    person: person.id,
    contact: 'seen',
    wellbeing: 'unwell',
    need: 'revisit',
    note: more.note ?? '咳嗽',
  };
  const blank = /<data id="daily-contact"[\s\S]*?<\/data>/.exec(xform)?.[0] ?? '';
  const xml = Object.entries(answers)
    .reduce((filled, [name, answer]) => filled.replace(`<${name}/>`, `<${name}>${answer}</${name}>`), blank)
    .replace(/version="\d+"/, `version="${version}"`)
    .replace('<instanceID/>', `<instanceID>uuid:${crypto.randomUUID()}</instanceID>`);
  const team = (await phone.teams()).find((each) => each.mine);
  const at = moment();
  return {
    body: {
      visit: newId(),
      team: team?.id ?? '',
      programme: form.programme,
      entry: 'live',
      subject: { list: person.list, id: person.id },
      place: null,
      check_in: { at, reason: 'no_fix' },
      check_out: { at, reason: 'no_fix' },
      participants: [{ user: phone.identity.user.id, in: at, out: at }],
      helpers_unnamed: 0,
      records: [{ record: newId(), form: form.form, version, xml, list_rows: {}, attachments: [] }],
    },
    base: null,
    at,
    draft_rev: null,
    label: person.label,
    reached: true,
    saves: [],
  };
}

/** The county's word on a visit, as another phone of the same volunteer hears it. */
async function asTheCountyHasIt(visit: string): Promise<VisitHead[]> {
  const { store: other } = await enrolledPhone();
  const heads = await other.known('visit');
  return heads.map(({ body }) => body).filter((head) => head.visit === visit);
}

const isPush = ({ path, body }: Passing): boolean => path === '/api/sync' && body.includes('"visit.put"');

beforeEach(async () => {
  line = await badLine(county);
});
afterEach(async () => {
  vi.useRealTimers();
  stop();
  await line.close();
});

describe('enrolling', () => {
  it('a code whose answer was lost is spent for this phone, and gives the same device again', async () => {
    globalThis.indexedDB = new IDBFactory();
    const card = await code();
    line.decide = () => 'lose_answer';
    await expect(enrol(card, { base: line.url })).rejects.toMatchObject({ problem: { code: 'offline' } });
    line.decide = () => 'pass';
    const identity = await enrol(` ${card.toLowerCase()} `, { base: line.url });
    expect(identity.user.name).toBe('单秀云');
    const keys = new Set(line.seen.map(({ body }) => (JSON.parse(body) as { public_key: { x: string } }).public_key.x));
    expect(keys.size).toBe(1);
  });

  it('a code that is none is told in her language', async () => {
    globalThis.indexedDB = new IDBFactory();
    const wrong = enrol('ZZZZ2222', { base: line.url, language: 'zh' });
    await expect(wrong).rejects.toBeInstanceOf(EnrolError);
    await expect(wrong).rejects.toMatchObject({ problem: { code: 'code_unknown' } });
    await expect(wrong).rejects.toThrow(/\p{Script=Han}/u);
  });
});

describe('pulling', () => {
  it('[S4] [S12] brings her people, their pairs, her visits and the forms, and the digests agree', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    expect(handle.status()).toMatchObject({ at: 'idle' });
    const home = await phone.home();
    expect(home.people.map(({ entity }) => entity.label)).toContain('朴顺姬');
    expect(home.people.every(({ programme }) => programme?.key === 'day-care')).toBe(true);
    expect((await phone.visits()).length).toBeGreaterThan(10);
    for (const head of await phone.forms()) expect(await phone.xform(head.sha256)).toContain(head.form);
    expect((await phone.exchange.standing()).mismatched).toEqual([]);
    const { cursor } = await phone.exchange.standing();
    expect(
      Object.keys(cursor?.feeds ?? {})
        .map((feed) => feed.split(':')[0])
        .sort(),
    ).toEqual(['county', 'device', 'team', 'user']);
  });

  it('[S4] [S10] goes on where it was when every second answer is lost', async () => {
    let count = 0;
    line.decide = ({ path }) => (path === '/api/sync' && count++ % 2 === 0 ? 'lose_answer' : 'pass');
    const { store: phone, sync: handle } = await enrolledPhone();
    const complete = async (): Promise<void> => {
      expect((await phone.home()).people.length).toBeGreaterThan(0);
      for (const { sha256 } of await phone.forms()) expect(await phone.xform(sha256)).not.toBeNull();
      expect(handle.status().at).toBe('idle');
    };
    await vi.waitFor(complete, { timeout: 20_000 });
    expect((await phone.exchange.standing()).mismatched).toEqual([]);
  });

  it('[S12] reads a feed again when it holds something that the county does not', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const standing = await phone.exchange.standing();
    const feed = Object.keys(standing.cursor?.feeds ?? {}).find((name) => name.startsWith('team:')) ?? '';
    const ghost = { id: newId(), list: 'people', label: '幽灵', properties: {}, state: 'active' };
    const answer = {
      v: 1,
      results: [],
      changes: [{ feed, kind: 'entity', id: ghost.id, seq: 1, version: newId(), body: ghost }],
      cursor: standing.cursor,
      more: true,
      left: [],
      reset: [],
      wanted: [],
      receipts: [],
      backed_up_to: null,
      epoch: standing.epoch ?? '',
      server_time: new Date().toISOString(),
    } as const;
    const anchor = { ...moment(), server: answer.server_time };
    await phone.exchange.applyExchange({ turn: standing.turn, answer, anchor, manifest: null });
    expect((await phone.entities()).map(({ label }) => label)).toContain('幽灵');
    handle.sendNow();
    await handle.settled();
    expect((await phone.entities()).map(({ label }) => label)).not.toContain('幽灵');
    expect((await phone.exchange.standing()).mismatched).toEqual([]);
    expect(line.seen.some(({ body }) => body.includes(`"mismatched":["${feed}"]`))).toBe(true);
  });
});

describe('sending a visit', () => {
  it('[S1] [S2] killed between the county’s commit and its answer, it is sent again and found once', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const visit = await contact(phone);
    line.decide = (passing) => (isPush(passing) ? 'lose_answer' : 'pass');
    await phone.finishVisit(visit);
    await handle.settled();
    expect(handle.status()).toMatchObject({ at: 'offline' });
    expect(await phone.visit(visit.body.visit)).toMatchObject({ state: 'waiting' });
    const pushes = line.seen.filter(isPush).map(({ body }) => body.slice(body.indexOf('"ops":[')));

    line.decide = () => 'pass';
    const { store: again } = await start(); // the app was killed, too
    expect(await again.visit(visit.body.visit)).toMatchObject({ state: 'received', handling: false });
    expect((await again.home()).counts).toMatchObject({ waiting: 0, handling: 0 });
    pushes.push(...line.seen.filter(isPush).map(({ body }) => body.slice(body.indexOf('"ops":['))));
    expect(new Set(pushes).size).toBe(1); // byte for byte what was offered before
    const held = await asTheCountyHasIt(visit.body.visit);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ number: 1, state: 'received' });
  });

  it('[S10] a request that never arrives is sent again by itself', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    let lost = 0;
    line.decide = (passing) => (isPush(passing) && lost++ < 3 ? 'lose_request' : 'pass');
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
    line.decide = ({ path }) => (path === '/api/sync' ? 'lose_request' : 'pass');
    const finished: string[] = [];
    for (let i = 0; i < 12; i++) {
      const visit = await contact(phone, { note: `第${i}次` });
      finished.push(visit.body.visit);
      await phone.finishVisit(visit);
    }
    line.decide = () => 'pass';
    const before = line.seen.length;
    handle.sendNow();
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    expect(line.seen.slice(before).filter(isPush).length).toBeLessThanOrEqual(5);
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
    expect((await phone.home()).counts).toMatchObject({ waiting: 0, handling: 1 });
  });

  it('[S3] an op that no exchange gets through goes raw into quarantine, and the queue moves on', async () => {
    const { store: phone, sync: handle } = await enrolledPhone();
    const cursed = await contact(phone, { note: '咒语' });
    line.decide = ({ path, body }) => (path === '/api/sync' && body.includes('咒语') ? 'refuse' : 'pass');
    const { op } = await phone.finishVisit(cursed);
    const good = await contact(phone);
    await phone.finishVisit(good);
    await vi.waitFor(async () => expect((await phone.home()).counts.waiting).toBe(0), { timeout: 20_000 });
    await handle.settled();
    const handed = line.seen.filter(({ path }) => path === '/api/quarantine');
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
    line.decide = (passing) => (isPush(passing) ? 'lose_request' : 'pass');
    const { store: again } = await start();
    const at = moment();
    const marks = { check_in: { at, reason: 'no_fix' }, check_out: { at, reason: 'no_fix' } } as const;
    await again.finishVisit({ ...visit, at, body: { ...visit.body, ...marks } });
    line.decide = () => 'pass';
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
    await revoke(phone.identity.device);
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
