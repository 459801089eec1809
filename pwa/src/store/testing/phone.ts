/** A phone for tests: a fresh IndexedDB in memory, somebody enrolled on it, and the cast's ids. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { sha256Bytes } from '../../sync/canonical';
import { uuid7 } from '../../sync/ids';
import type { Answer, Attachment, Change, Json, Org, VisitBody } from '../../sync/messages';
import { moment } from '../../sync/moment';
import { enrolled } from '../registry';
import { type Store, openStore } from '../store';
import type { Capture, DraftState, FinishedVisit, Identity } from '../types';

/** A name that tells in a failure what it is: the number stands in its last digits. */
export function id(number: number): string {
  const rand = new Uint8Array(10);
  new DataView(rand.buffer).setUint32(6, number);
  return uuid7(Date.UTC(2026, 10, 24), rand);
}

export const DEVICE = id(1);
export const SHAN = id(2); // 单秀云, the volunteer
export const PIAO = id(3); // 朴顺姬, whom she looks after
export const OU = id(4); // 区兆年
export const TEAM = id(5);
export const HOME = id(6); // a compound
export const EPOCH = id(7);
export const ORG: Org = { code: 'HL', name: { zh: '桦岭县', en: 'Hualing' }, timezone: 'Asia/Shanghai', demo: true };
export const IDENTITY: Identity = {
  device: DEVICE,
  user: { id: SHAN, name: '单秀云', language: 'zh' },
  org: { id: 1, ...ORG },
};
export const FORM_SHA = 'f'.repeat(64);
export const SERVER_TIME = '2026-11-24T01:00:00.000Z';

export async function signingKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

const opened: Store[] = [];

/** A new phone with nothing on it, enrolled for 单秀云. */
export async function freshPhone(): Promise<Store> {
  globalThis.indexedDB = new IDBFactory();
  await enrolled(IDENTITY, await signingKey());
  return reopened();
}

/** The same phone, as after a restart of the app, or as another tab sees it. */
export async function reopened(): Promise<Store> {
  const store = await openStore();
  opened.push(store);
  return store;
}

export function closeAll(): void {
  for (const store of opened.splice(0)) store.close();
}

export function body(visit: string, more: Partial<VisitBody> = {}): VisitBody {
  return {
    visit,
    team: TEAM,
    programme: 'day-care',
    entry: 'live',
    subject: { list: 'people', id: PIAO },
    place: HOME,
    check_in: { at: moment(), reason: 'no_fix' },
    check_out: { at: moment(), reason: 'no_fix' },
    participants: [{ user: SHAN, in: moment(), out: null }],
    helpers_unnamed: 0,
    records: [
      {
        record: id(90),
        form: 'daily-contact',
        version: '1',
        xml: '<data><note>朴奶奶今天咳嗽</note></data>',
        list_rows: { people: [{ name: PIAO, label: '朴顺姬' }] },
        attachments: [],
      },
    ],
    ...more,
  };
}

export function finished(visit: string, more: Partial<FinishedVisit> = {}): FinishedVisit {
  return {
    body: body(visit),
    base: null,
    at: moment(),
    draft_rev: null,
    label: '朴顺姬',
    reached: true,
    saves: [],
    ...more,
  };
}

export function draft(more: Partial<DraftState> = {}): DraftState {
  return {
    team: TEAM,
    programme: 'day-care',
    entry: 'live',
    subject: { list: 'people', id: PIAO },
    place: HOME,
    check_in: { at: moment() },
    participants: [],
    helpers_unnamed: 0,
    records: [
      {
        record: id(90),
        form: 'daily-contact',
        version: '1',
        sha256: FORM_SHA,
        filling: { xml: '<data><note>还没写完的话</note></data>', hidden: [] },
        list_rows: { people: [{ name: PIAO, label: '朴顺姬' }] },
      },
    ],
    screen: { step: 2 },
    ...more,
  };
}

/** Bytes that no other seed has; as many as asked for. */
export function bytesOf(seed: number, length = 3_000): Uint8Array<ArrayBuffer> {
  let state = seed * 2_654_435_761 + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** A photo as the camera page hands it over: an original and its preview. */
export async function photo(visit: string, seed: number, more: Partial<Capture> = {}): Promise<Capture> {
  const bytes = more.bytes ?? bytesOf(seed).buffer;
  const sha256 = await sha256Bytes(new Uint8Array(bytes));
  return {
    visit,
    path: '/data/photo',
    name: `${sha256.slice(0, 32)}.jpg`,
    sha256,
    type: 'image/jpeg',
    bytes,
    preview: { type: 'image/jpeg', bytes: bytesOf(seed + 1_000_000, 600).buffer },
    said_at: null,
    ...more,
  };
}

export const attached = ({ name, sha256, bytes, type }: Capture): Attachment => {
  return { name, sha256, bytes: bytes.byteLength, type };
};

/** The body of a visit whose one record names these files. */
export function bodyWith(visit: string, ...captures: readonly Capture[]): VisitBody {
  const whole = body(visit);
  return { ...whole, records: whole.records.map((one) => ({ ...one, attachments: captures.map(attached) })) };
}

export function entity(feed: string, thing: string, label: string, seq: number, version = id(seq + 1000)): Change {
  const made = { id: thing, list: 'people', label, properties: { street: '柳荫一区' }, state: 'active' };
  return { feed, kind: 'entity', id: thing, seq, version, body: made };
}

/** The county's word of an own visit, as her feed carries it. */
export function visitHead(
  visit: string,
  revision: string,
  seq: number,
  more: Readonly<Record<string, unknown>> = {},
): Change {
  const body = {
    visit,
    state: 'received',
    revision,
    number: 1,
    team: TEAM,
    programme: 'day-care',
    form: 'daily-contact',
    subject: { list: 'people', id: PIAO },
    day: '2026-11-24',
    check_in_at: '2026-11-24T01:00:00.000Z',
    received_at: '2026-11-24T02:00:00.000Z',
    handling: null,
    decisions: [],
    ...more,
  };
  const made = JSON.parse(JSON.stringify(body)) as Json;
  return { feed: `user:${SHAN}`, kind: 'visit', id: visit, seq, version: `${revision}-${seq}`, body: made };
}

export function answer(more: Partial<Answer> = {}): Answer {
  return {
    v: 2,
    results: [],
    changes: [],
    cursor: { epoch: EPOCH, feeds: {} },
    more: false,
    left: [],
    reset: [],
    wanted: [],
    receipts: [],
    epoch: EPOCH,
    backed_up_to: null,
    server_time: SERVER_TIME,
    parts: {},
    ...more,
  };
}

/** Takes an answer in, as the exchange would that asked for it just now. */
export async function hear(store: Store, more: Partial<Answer> = {}): ReturnType<Store['exchange']['applyExchange']> {
  const { turn } = await store.exchange.standing();
  const heard = answer(more);
  const anchor = { ...moment(), server: heard.server_time };
  return store.exchange.applyExchange({ turn, answer: heard, anchor, manifest: null });
}

/** Every byte that lies on this phone, as text: what a thief with a hex editor reads. */
export async function rawText(): Promise<string> {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (value instanceof ArrayBuffer) found.push(new TextDecoder().decode(value));
    else if (ArrayBuffer.isView(value)) found.push(new TextDecoder().decode(value));
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach((entry) => entry.forEach(walk));
  };
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await promised(indexedDB.open(name));
    for (const table of db.objectStoreNames) {
      const rows = db.transaction(table).objectStore(table);
      walk([await promised(rows.getAllKeys()), await promised(rows.getAll())]);
    }
    db.close();
  }
  return found.join('\n');
}

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}
