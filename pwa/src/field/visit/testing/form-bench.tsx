/**
 * Runs in a page of its own, for `lianxin bench form`: a phone with one form on it, which is opened, filled and finished
 * through the same session, store and renderer as in the app; beside it the bare engine. All times are milliseconds
 * until the frame that shows it was painted, or until it is on the disk.
 */
import '../../../i18n/areas/all';
import '../../../ui/styles.css';
import { render } from 'solid-js/web';
import { FormPages, isQuestion, walk } from '../../../forms';
import { bare, type Bare } from '../../../forms/testing/bare';
import { openStore, type Store } from '../../../store';
import { enrolled } from '../../../store/registry';
import { newId } from '../../../sync/ids';
import type { FormHead } from '../../../sync/messages';
import { moment } from '../../../sync/moment';
import { openSession, type Session } from '../session';
import { markOf, startDraft } from '../start';
import { type Key, painted, watchedKey } from './watched-key';

const SHA = 'b'.repeat(64);
const WORDS = { zh: '量一量', en: 'Bench' };
const head = (one_page: boolean, bytes: number): FormHead => ({
  form: 'bench',
  version: '1',
  sha256: SHA,
  bytes,
  programme: 'bench',
  kind: 'contact',
  title: WORDS,
  list: null,
  binds: { subject: null, door: null, place: null, volunteers: null },
  lists: [],
  minutes: [0, 1, 2],
  one_page,
  entity: false,
});

interface Shown {
  readonly session: Session;
  readonly leave: () => void;
}

let store: Store;
let xform = '';
let onePage = false;
let shown: Shown | null = null;
let engine: Bare | null = null;

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const session = (): Session => {
  if (shown === null) throw new Error('no form is open');
  return shown.session;
};

/** A phone with the form on it; nothing of the engine is fetched yet. */
async function phone(form: string, wholePage: boolean): Promise<void> {
  xform = form;
  onePage = wholePage;
  const user = { id: newId(), name: '单秀云', language: 'zh' as const };
  const org = { id: 1, code: 'HL', name: WORDS, timezone: 'Asia/Shanghai', demo: true };
  const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  await enrolled({ device: newId(), user, org }, key);
  store = await openStore();
  await store.exchange.putXform(SHA, xform);
}

async function begin(): Promise<string> {
  const visit = newId();
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  const about = { user: store.identity.user.id, team: newId(), programme: 'bench', subject: null, place: newId() };
  const form = head(onePage, xform.length);
  await store.saveDraft(visit, 0, startDraft({ ...about, form, record: newId(), checkIn, left: null, door: null }));
  return visit;
}

/** From the tap to the painted form. */
async function open(visit: string): Promise<number> {
  const began = performance.now();
  const opened = await openSession(store, visit, true);
  if (opened.at !== 'open') throw new Error(opened.at);
  const root = document.getElementById('app');
  if (root === null) throw new Error('no page');
  const dispose = render(
    () => (
      <div class="screen">
        <FormPages
          filling={opened.session.filling}
          mode={onePage ? 'one-page' : 'question'}
          attachments={opened.session.attachments.host}
          step={opened.session.screen().step}
          onStep={(step) => opened.session.stepTo(step)}
          saving="saved"
          onFinish={() => undefined}
        />
      </div>
    ),
    root,
  );
  shown = { session: opened.session, leave: dispose };
  return (await painted()).at - began;
}

async function leave(): Promise<void> {
  const left = session();
  shown?.leave();
  shown = null;
  left.keep();
  await left.leave();
}

/** Answers what can be answered, and gives the repeat so many rows. */
function fill(rows: number): void {
  const { filling } = session();
  for (const node of [...walk(filling.root)])
    if (node.kind === 'repeat') while (node.rows.length < rows) filling.addRow(node);
  for (const node of [...walk(filling.root)]) {
    if (!isQuestion(node) || !node.relevant || node.locked) continue;
    const [option] = node.options;
    if (option !== undefined) filling.set(node.path, option.value);
    else filling.set(node.path, node.kind === 'text' ? '昨晚没睡好' : node.kind === 'date' ? '2026-11-25' : '3');
  }
}

/** Watches the next key, until the form has heard of it and shows what follows, and until the draft is on the disk. */
async function watchKey(): Promise<Key & { answer: number; disk: number }> {
  const key = await watchedKey();
  const answer = await answered(key.box, key.began);
  return { ...key, answer, disk: await saved(key.began) };
}

async function answered(box: HTMLInputElement, began: number): Promise<number> {
  const path = box.closest<HTMLElement>('[data-path]')?.dataset.path ?? '';
  while (session().filling.get(path) !== box.value) await new Promise((next) => setTimeout(next));
  return (await painted()).at - began;
}

async function saved(began: number): Promise<number> {
  while (session().save.saving().at !== 'saved') await new Promise((next) => setTimeout(next));
  return performance.now() - began;
}

function goTo(path: string): void {
  const box = [...document.querySelectorAll<HTMLElement>('[data-path]')].find((each) => each.dataset.path === path);
  const input = box?.querySelector<HTMLElement>('input, textarea');
  if (input === null || input === undefined) throw new Error(`${path} is not on the screen`);
  input.scrollIntoView({ block: 'center' });
  input.focus();
}

async function addRow(path: string): Promise<number> {
  const { filling } = session();
  const node = [...walk(filling.root)].find((each) => each.path === path);
  if (node?.kind !== 'repeat') throw new Error(path);
  const began = performance.now();
  filling.addRow(node);
  return (await painted()).at - began;
}

/** From the tap on the last button to the finished visit on the disk. */
async function finish(): Promise<number> {
  const done = session();
  const took = await timed(async () => {
    const finished = await done.filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    await done.finish(finished, null);
  });
  shown?.leave();
  shown = null;
  done.close();
  return took;
}

/** So many edits of one answer, a frame now and then. */
async function edit(path: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    session().filling.set(path, `第${n}次`);
    if (n % 50 === 49) await painted();
  }
}

const engineAlone = {
  async open(xml?: string): Promise<number> {
    return timed(async () => {
      engine = await bare(xform, xml);
    });
  },
  close(): void {
    engine?.dispose();
    engine = null;
  },
  key: (path: string, value: string) => timed(() => void (engine?.set(path, value), engine?.xml())),
  addRow: (path: string) => timed(() => engine?.addRow(path)),
  async edit(path: string, times: number): Promise<void> {
    for (let n = 0; n < times; n++) {
      engine?.set(path, `第${n}次`);
      if (n % 50 === 49) await painted();
    }
  },
};

const bench = {
  phone,
  begin,
  open,
  leave,
  fill,
  watchKey,
  goTo,
  addRow,
  finish,
  edit,
  xml: () => session().filling.draft().xml,
  engine: engineAlone,
};
export type FormBench = typeof bench;
Object.assign(globalThis, { bench });
