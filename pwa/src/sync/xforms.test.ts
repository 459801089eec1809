import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../store';
import { closeAll, freshPhone } from '../store/testing/phone';
import { sha256Bytes } from './canonical';
import type { Line } from './exchange';
import type { Request } from './transport';
import { fetchXForms } from './xforms';

const SIZE = 300_000;
const film = Uint8Array.from({ length: SIZE }, (_, n) => n % 251);
let store: Store;
let sha256: string;
let asked: Request[];

/** A county that has the file, and a network that breaks when a request is one of these. */
function line(serve: (request: Request, n: number) => Uint8Array<ArrayBuffer> | 'cut'): Line {
  const send = (request: Request) => {
    asked.push(request);
    const bytes = serve(request, asked.length);
    return Promise.resolve(
      bytes === 'cut'
        ? ({ got: 'cut', unplugged: false, retryAfterMs: null, problem: null } as const)
        : ({ got: 'answer', bytes } as const),
    );
  };
  return { transport: { send }, anchors: [], onSending: () => undefined, round: 0 };
}

function piece({ part = '' }: Request): Uint8Array<ArrayBuffer> {
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(part) ?? [];
  return film.slice(Number(first), Number(last) + 1);
}

beforeEach(async () => {
  store = await freshPhone();
  asked = [];
  sha256 = await sha256Bytes(film);
  const file = `<file name="turn.mp4" sha256="${sha256}" bytes="${SIZE}" type="video/mp4"/>`;
  await store.exchange.putXform('a'.repeat(64), `<aside xmlns="urn:lianxin:form">${file}</aside>`);
});
afterEach(closeAll);

describe('a file of a form', () => {
  it('comes in pieces that a weak link can carry', async () => {
    expect(await fetchXForms(store, line(piece))).toBe(true);
    expect(asked.map(({ path, part }) => [path, part])).toEqual([
      [`/api/forms/media/${sha256}`, 'bytes=0-131071'],
      [`/api/forms/media/${sha256}`, 'bytes=131072-262143'],
      [`/api/forms/media/${sha256}`, 'bytes=262144-299999'],
    ]);
    const kept = await store.formFile(sha256);
    expect([kept?.type, kept?.bytes.byteLength]).toEqual(['video/mp4', SIZE]);
  });

  it('goes on where the link broke', async () => {
    expect(
      await fetchXForms(
        store,
        line((request, n) => (n === 2 ? 'cut' : piece(request))),
      ),
    ).toBe(false);
    expect(await fetchXForms(store, line(piece))).toBe(true);
    expect(asked.map(({ part }) => part)).toEqual([
      'bytes=0-131071',
      'bytes=131072-262143',
      'bytes=131072-262143',
      'bytes=262144-299999',
    ]);
    expect(await store.xform('a'.repeat(64))).not.toBeNull();
  });

  it('gives way to what she wrote, and keeps what has come', async () => {
    expect(await fetchXForms(store, line(piece), () => asked.length === 1)).toBe(false);
    expect((await store.exchange.mediumBegun(sha256)).length).toBe(131_072);
  });

  it('that is not what its name says is not taken, and begun anew', async () => {
    const other = line((request) => piece(request).fill(0));
    expect(await fetchXForms(store, other)).toBe(false);
    expect(await store.xform('a'.repeat(64))).toBeNull();
    expect((await store.exchange.mediumBegun(sha256)).length).toBe(0);
    expect(await fetchXForms(store, line(piece))).toBe(true);
  });

  it('is not taken from a page that answers with something else', async () => {
    expect(
      await fetchXForms(
        store,
        line(() => new TextEncoder().encode('<html>sign in</html>')),
      ),
    ).toBe(false);
    expect((await store.exchange.mediumBegun(sha256)).length).toBe(0);
  });
});
