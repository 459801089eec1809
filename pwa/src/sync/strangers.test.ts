/** Others than the county answer too: a hotel's sign-in page, a gateway on the way. Nothing that they say may count. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../store';
import { answer, closeAll, finished, freshPhone, id } from '../store/testing/phone';
import { noPage } from './background';
import { type SyncHandle, runSync } from './loop';

const page = (): Response => new Response('<h1>欢迎入住</h1>', { headers: { 'Content-Type': 'text/html' } });
const told = (): Response => Response.json(answer());

let store: Store;
let sync: SyncHandle | null = null;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(() => {
  sync?.stop();
  sync = null;
  vi.unstubAllGlobals();
  closeAll();
});

/** Starts the loop on a line where this answers. Returns the paths that were asked for. */
function start(answers: (path: string, body: Uint8Array) => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal('CompressionStream', undefined); // the bodies stay readable
  vi.stubGlobal('fetch', (path: string, { body }: { body?: Uint8Array }) => {
    asked.push(path);
    return Promise.resolve(answers(path, body ?? new Uint8Array()));
  });
  sync = runSync(store, noPage, { rand: () => 0 });
  return asked;
}

describe('a stranger on the line', () => {
  it('is not the county: the phone is offline and the visit waits', async () => {
    await store.finishVisit(finished(id(100)));
    start(page);
    await sync?.settled();
    expect(sync?.status()).toMatchObject({ at: 'offline', lastHeard: null });
    expect(await store.exchange.waiting()).toHaveLength(1);
  });

  it('[S3] that takes what was handed in raw has not kept it: it is handed in until the county says where', async () => {
    const { op } = await store.finishVisit(finished(id(100)));
    let pages = 3;
    const asked = start((path, body) => {
      if (path === '/api/quarantine') return pages-- > 0 ? page() : Response.json({ id: id(9) }, { status: 201 });
      return new TextDecoder().decode(body).includes(op) ? new Response('', { status: 500 }) : told();
    });
    await vi.waitFor(async () => expect(await store.exchange.waiting()).toEqual([]), { timeout: 10_000 });
    expect(asked.filter((path) => path === '/api/quarantine')).toHaveLength(4);
    expect((await store.exchange.unsettled()).map(({ state }) => state)).toEqual(['quarantined']);
  });

  it('[S3] that refuses one visit at every door holds up no other', async () => {
    const cursed = await store.finishVisit(finished(id(100)));
    const good = await store.finishVisit(finished(id(101)));
    start((path, body) => {
      if (path === '/api/quarantine') return new Response('', { status: 403 });
      const text = new TextDecoder().decode(body);
      if (text.includes(cursed.op)) return new Response('', { status: 403 });
      const results = text.includes(good.op) ? [{ id: good.op, outcome: 'accepted' as const }] : [];
      return Response.json(answer({ results }));
    });
    const left = async (): Promise<string[]> => (await store.exchange.waiting()).map((head) => head.id);
    await vi.waitFor(async () => expect(await left()).toEqual([cursed.op]), { timeout: 10_000 });
  });
});
