/**
 * For the live tests: a phone of the demo county's volunteer, with the real client and the real store, over a line that a
 * test may break. The county behind it is a real server.
 */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, inject, vi } from 'vitest';
import { type Store, openStore } from '../../store';
import { noPage } from '../background';
import { enrol } from '../enrol';
import { type SyncHandle, runSync } from '../loop';
import type { VisitHead } from '../messages';
import { type BadLine, type Passing, badLine } from './bad-line';

export const county = inject('county');

export interface Phone {
  readonly store: Store;
  readonly sync: SyncHandle;
}

/** The line and the phone of the test that runs now. */
export const live: { line: BadLine; phone: Phone | null } = { line: null as never, phone: null };

/** A fresh line before each test; after it everything is at rest. */
export function useBadLine(): void {
  beforeEach(async () => {
    live.line = await badLine(county);
  });
  afterEach(async () => {
    vi.useRealTimers();
    stop();
    await live.line.close();
  });
}

export async function code(): Promise<string> {
  const answer = await fetch(`${county}/api/demo/enrolment`, { method: 'POST' });
  return ((await answer.json()) as { code: string }).code;
}

/** As when the app is killed. */
export function stop(): void {
  live.phone?.sync.stop();
  live.phone?.store.close();
  live.phone = null;
}

/** Starts the app on what the phone holds, and waits until it rests. Failures are tried again at once. */
export async function start(): Promise<Phone> {
  stop();
  const store = await openStore();
  const sync = runSync(store, noPage, { base: live.line.url, rand: () => 0 });
  live.phone = { store, sync };
  await sync.settled();
  return live.phone;
}

export async function enrolledPhone(): Promise<Phone> {
  globalThis.indexedDB = new IDBFactory();
  await enrol(await code(), { base: live.line.url });
  return start();
}

/** Somebody of the office, by name or user name, over the desk's own API. */
export async function desk(who: string): Promise<(method: string, path: string, body?: unknown) => Promise<unknown>> {
  const json = { 'Content-Type': 'application/json', 'X-Lianxin': 'desk' };
  const { demo } = (await (await fetch(`${county}/api/about`)).json()) as {
    demo: { password: string; accounts: { username: string; name: string }[] };
  };
  const account = demo.accounts.find(({ username, name }) => username === who || name === who);
  const body = JSON.stringify({ username: account?.username, password: demo.password });
  const signed = await fetch(`${county}/api/desk/session`, { method: 'POST', headers: json, body });
  const { access_token } = (await signed.json()) as { access_token: string };
  return async (method, path, asked) => {
    const headers = { ...json, Authorization: `Bearer ${access_token}` };
    const answer = await fetch(county + path, {
      method,
      headers,
      body: asked === undefined ? null : JSON.stringify(asked),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const bytes = await answer.arrayBuffer();
    const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
    return isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as unknown) : new Uint8Array(bytes);
  };
}

/** The county's word on a visit, as another phone of the same volunteer hears it. */
export async function asTheCountyHasIt(visit: string): Promise<VisitHead[]> {
  const { store: other } = await enrolledPhone();
  const heads = await other.known('visit');
  return heads.map(({ body }) => body).filter((head) => head.visit === visit);
}

export const isPush = ({ path, body }: Passing): boolean => path === '/api/sync' && body.includes('"visit.put"');
