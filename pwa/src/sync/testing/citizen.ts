/**
 * Phones of the simulation, in one process of Node: each with the phone's own store and its own client, over an
 * IndexedDB in memory. A line of JSON on stdin asks, a line on stdout answers, in whichever order they are done:
 *
 *     {"id": 1, "phone": "p1", "do": "enrol", "url": "http://127.0.0.1:8000", "code": "ABCD2345"}
 *     {"id": 1, "told": {"device": "…", "user": "…"}}            or  {"id": 1, "failed": "code_unknown"}
 *
 * The phones lie on one device, as those of several volunteers may: every one has a database, keys and a running number
 * of its own. A killed phone keeps its database, and what was on its way is lost.
 */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { createInterface } from 'node:readline';
import 'fake-indexeddb/auto';
import { type Store, choose, openStore } from '../../store';
import type { Capture } from '../../store/types';
import { noPage } from '../background';
import { sha256Bytes } from '../canonical';
import { enrol } from '../enrol';
import { type SyncHandle, runSync } from '../loop';
import { begun, completed, contact, edited, isReady, noteIn, noted, withPhotos } from './contact';

interface Asked {
  readonly id: number;
  readonly phone: string;
  readonly do: keyof typeof deeds;
  readonly url: string;
  readonly code: string;
  readonly visit: string;
  readonly note: string;
  readonly person: number;
  readonly photos: readonly Photo[];
}

/** Base64, both. */
interface Photo {
  readonly type: string;
  readonly bytes: string;
  readonly preview: string;
}

interface Phone {
  readonly device: string;
  readonly url: string;
  alive: { readonly store: Store; readonly sync: SyncHandle } | null;
}

const phones = new Map<string, Phone>();
/** Choosing whose phone it is, and opening that one's store, is one step. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

function phoneOf({ phone }: Asked): Phone {
  const found = phones.get(phone);
  if (found === undefined) throw new Error('nobody is enrolled on it');
  return found;
}

function alive(asked: Asked): { store: Store; sync: SyncHandle } {
  const { alive: running } = phoneOf(asked);
  if (running === null) throw new Error('it is switched off');
  return running;
}

async function switchOn(phone: Phone): Promise<void> {
  const store = await inTurn(async () => {
    await choose(phone.device);
    return openStore();
  });
  phone.alive = { store, sync: runSync(store, noPage, { base: phone.url, rand: () => 0 }) };
}

function captured(visit: string) {
  return async ({ type, bytes, preview }: Photo): Promise<Capture> => {
    const whole = Uint8Array.from(Buffer.from(bytes, 'base64'));
    const sha256 = await sha256Bytes(whole);
    const name = `${sha256.slice(0, 32)}.${type === 'image/png' ? 'png' : 'jpg'}`;
    const small = { type: 'image/jpeg', bytes: Uint8Array.from(Buffer.from(preview, 'base64')).buffer };
    return { visit, path: '/data/photo', name, sha256, type, bytes: whole.buffer, preview: small, said_at: null };
  };
}

const deeds = {
  async enrol({ phone, url, code }: Asked) {
    const { device, user } = await inTurn(() => enrol(code, { base: url, label: phone }));
    const made: Phone = { device, url, alive: null };
    phones.set(phone, made);
    await switchOn(made);
    return { device, user: user.id };
  },

  /** A finished contact with somebody of her day, with these photos. */
  async visit(asked: Asked) {
    const { store } = alive(asked);
    const { note, person } = asked;
    const blank = await contact(store, { note, person });
    const { visit } = blank.body;
    const files = await Promise.all((asked.photos ?? []).map(captured(visit)));
    for (const file of files) await store.keepCapture(file);
    const attachments = files.map(({ name, sha256, type, bytes }) => ({ name, sha256, type, bytes: bytes.byteLength }));
    const records = blank.body.records.map((record) => ({ ...record, attachments }));
    const { op } = await store.finishVisit({ ...blank, body: { ...blank.body, records } });
    return { visit, op, photos: files.map(({ sha256 }) => sha256) };
  },

  async edit(asked: Asked) {
    const { store } = alive(asked);
    return store.finishVisit(await edited(store, asked.visit, asked.note));
  },

  /** A visit that she begins and does not finish now; its photos lie beside it. */
  async begin(asked: Asked) {
    const { store } = alive(asked);
    const { note, person } = asked;
    const { visit, state } = await begun(store, { note, person });
    await store.saveDraft(visit, 0, state);
    const files = await Promise.all((asked.photos ?? []).map(captured(visit)));
    for (const file of files) await store.keepCapture(file);
    await store.saveDraft(visit, 1, withPhotos(state, files));
    return { visit, photos: files.map(({ sha256 }) => sha256) };
  },

  /** She writes on in it. */
  async change(asked: Asked) {
    const { store } = alive(asked);
    const draft = await store.loadDraft(asked.visit);
    if (draft === null) throw new Error('gone');
    return { rev: await store.saveDraft(asked.visit, draft.rev, noted(draft.state, asked.note)) };
  },

  async discard(asked: Asked) {
    await alive(asked).store.discardDraft(asked.visit);
    return null;
  },

  async findAgain(asked: Asked) {
    await alive(asked).store.undoDiscard(asked.visit);
    return null;
  },

  async complete(asked: Asked) {
    const { store } = alive(asked);
    return store.finishVisit(await completed(store, asked.visit));
  },

  async withdraw(asked: Asked) {
    await alive(asked).store.withdrawVisit(asked.visit, null);
    return null;
  },

  async note(asked: Asked) {
    await alive(asked).store.addNote(asked.visit, asked.note);
    return null;
  },

  /** Sends now, and answers when nothing is under way. */
  async sync(asked: Asked) {
    const { sync } = alive(asked);
    sync.sendNow();
    await sync.settled();
    return sync.status();
  },

  async kill(asked: Asked) {
    const { store, sync } = alive(asked);
    phoneOf(asked).alive = null;
    sync.stop();
    store.close();
    await sync.settled(); // what was under way finds its line dead, and nothing begins any more
    return null;
  },

  async restart(asked: Asked) {
    await switchOn(phoneOf(asked));
    return null;
  },

  /** What it holds, and what it believes of the county. */
  async report(asked: Asked) {
    const { store, sync } = alive(asked);
    const { mismatched, cursor } = await store.exchange.standing();
    const visits = await store.visits();
    const captures = await store.captures();
    const drafts = await store.drafts();
    const { at, problem } = sync.status();
    return {
      at,
      trouble: problem?.code ?? null,
      waiting: (await store.exchange.waiting()).map(({ id }) => id),
      unsettled: (await store.exchange.unsettled()).map(({ id, state }) => ({ id, state })),
      photos: Object.fromEntries(captures.map(({ sha256, state }) => [sha256, state])),
      visits: Object.fromEntries(visits.map(({ visit, state, problem }) => [visit, { state, problem: problem?.code }])),
      drafts: Object.fromEntries(drafts.map(({ visit, state }) => [visit, noteIn(state)])),
      ready: await isReady(store),
      feeds: Object.keys(cursor?.feeds ?? {}),
      mismatched,
    };
  },
} as const;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function why(error: unknown): string {
  const problem = (error as { problem?: { code?: string } }).problem?.code;
  return problem ?? (error instanceof Error ? error.message : String(error));
}

async function answer(line: string): Promise<void> {
  const asked = JSON.parse(line) as Asked;
  const { id } = asked;
  try {
    say({ id, told: await deeds[asked.do](asked) });
  } catch (error) {
    say({ id, failed: why(error) });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void answer(line));
lines.on('close', () => process.exit());
