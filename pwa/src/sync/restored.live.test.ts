/** A county is restored from an older backup, under phones that know more: nothing that they hold is lost, nothing doubled. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { type Store, openStore } from '../store';
import { attached } from '../store/testing/phone';
import type { FinishedVisit } from '../store/types';
import { noPage } from './background';
import { enrol } from './enrol';
import { type SyncHandle, runSync } from './loop';
import type { VisitHead } from './messages';
import { contact, edited } from './testing/contact';
import { noise, picture } from './testing/pictures';

let county: string;
const running: { store: Store; sync: SyncHandle }[] = [];

/** A command at the county's console. */
async function command(verb: string, said = ''): Promise<string> {
  const answer = await fetch(`${inject('console')}/${verb}`, { method: 'POST', body: said });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** A fresh phone of the demo's volunteer. */
async function enrolled(): Promise<{ store: Store; sync: SyncHandle }> {
  globalThis.indexedDB = new IDBFactory();
  const answer = await fetch(`${county}/api/demo/enrolment`, { method: 'POST' });
  await enrol(((await answer.json()) as { code: string }).code, { base: county });
  const store = await openStore();
  const sync = runSync(store, noPage, { base: county, rand: () => 0 });
  running.push({ store, sync });
  await sync.settled();
  return { store, sync };
}

async function withPicture(phone: Store, note: string): Promise<FinishedVisit> {
  const { body } = await contact(phone);
  const capture = await picture(body.visit, noise(200));
  await phone.keepCapture(capture);
  const visit = await contact(phone, { note, attachments: [attached(capture)] });
  return { ...visit, body: { ...visit.body, visit: body.visit } };
}

async function allHeld(phone: Store, photos: number): Promise<void> {
  const held = async (): Promise<void> => {
    expect((await phone.home()).counts.waiting).toBe(0);
    expect((await phone.captures()).map(({ state }) => state)).toEqual(Array<string>(photos).fill('received'));
  };
  await vi.waitFor(held, { timeout: 150_000, interval: 200 });
}

/** What another phone of hers hears of these visits. */
async function heads(visits: readonly string[]): Promise<Record<string, VisitHead[]>> {
  const { store } = await enrolled();
  const all = (await store.known('visit')).map(({ body }) => body);
  return Object.fromEntries(visits.map((visit) => [visit, all.filter((head) => head.visit === visit)]));
}

beforeAll(async () => {
  county = await command('open');
}, 600_000);
afterEach(() => {
  for (const { store, sync } of running.splice(0)) {
    sync.stop();
    store.close();
  }
});

it('[S14] [S2] [S7] what came after the backup is offered again by the phone itself, and held once', async () => {
  const { store: phone, sync } = await enrolled();
  const before = await withPicture(phone, '备份以前');
  await phone.finishVisit(before);
  await allHeld(phone, 1);
  await sync.settled();
  const backup = await command('backup');

  const after = await withPicture(phone, '备份以后');
  await phone.finishVisit(after);
  await phone.finishVisit(await edited(phone, before.body.visit, '后来改过'));
  await allHeld(phone, 2);
  await sync.settled();
  const { epoch } = await phone.exchange.standing();
  const sent = [before.body.visit, after.body.visit];
  const known = await heads(sent);

  await command('restore', backup);
  expect((await heads(sent))[after.body.visit]).toEqual([]); // the county has forgotten it
  sync.sendNow();
  await vi.waitFor(async () => expect((await phone.exchange.standing()).epoch).not.toBe(epoch), { timeout: 100_000 });
  await allHeld(phone, 2);
  await sync.settled();
  const again = await heads(sent);
  for (const visit of sent) {
    expect(again[visit]).toHaveLength(1);
    expect(again[visit]?.[0]).toMatchObject({
      revision: known[visit]?.[0]?.revision,
      number: known[visit]?.[0]?.number,
      state: 'received',
      handling: null,
    });
  }
  expect((await phone.exchange.standing()).mismatched).toEqual([]);
  expect(await phone.exchange.unsettled()).toEqual([]);
}, 600_000);
