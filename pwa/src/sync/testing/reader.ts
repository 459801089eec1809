/**
 * Reads what a county has answered, as the phone does: for answers that were heard elsewhere, in the transcripts of
 * `sync/conformance`. Lines of `{story, method, path, status, text}` on stdin, one phone a story; on stdout a line each
 * of what was understood. An exchange is taken into that phone's store too.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';
import 'fake-indexeddb/auto';
import { type Store, enrolled, openStore } from '../../store';
import { isReceipt, readAnswer } from '../answer';
import { makeSigningKey } from '../device';
import { newId } from '../ids';
import { moment } from '../moment';
import { problemIn } from '../problem';
import { jsonIn } from '../transport';

interface Heard {
  readonly story: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

const phones = new Map<string, Store>();

async function phoneOf(story: string): Promise<Store> {
  const before = phones.get(story);
  if (before !== undefined) return before;
  const name = { zh: story, en: story };
  const org = { id: 1, code: 'HL', name, timezone: 'Asia/Shanghai', demo: false };
  await enrolled({ device: newId(), user: { id: newId(), name: story, language: 'zh' }, org }, await makeSigningKey());
  const store = await openStore();
  phones.set(story, store);
  return store;
}

/** How much of an exchange's answer was understood, and whether the store took it. */
async function exchanged(story: string, said: unknown): Promise<object> {
  const answer = readAnswer(said);
  if (answer === null) return { got: 'nothing' };
  const { exchange } = await phoneOf(story);
  const { turn } = await exchange.standing();
  const anchor = { ...moment(), server: answer.server_time };
  const { stale } = await exchange.applyExchange({ turn, answer, anchor, manifest: null });
  const { results, changes, wanted, receipts } = answer;
  const counts = [results, changes, wanted, receipts].map((all) => all.length);
  return { got: 'answer', counts, taken: !stale, epoch: (await exchange.standing()).epoch };
}

async function read({ story, method, path, status, text }: Heard): Promise<object> {
  const said = jsonIn(new TextEncoder().encode(text));
  if (status >= 400) return { got: 'problem', code: problemIn(said)?.code ?? null };
  if (method === 'POST' && path === '/api/sync') return exchanged(story, said);
  const loose = (said ?? {}) as Readonly<Record<string, unknown>>;
  if (isReceipt(loose)) return { got: 'receipt' };
  return Number.isSafeInteger(loose.offset) ? { got: 'offset' } : { got: 'nothing' };
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await read(JSON.parse(line) as Heard);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
for (const store of phones.values()) store.close();
