import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer';
import { canonical } from './canonical';
import { makeSigningKey, publicKey, sign } from './device';
import { manifestOf } from './manifest';
import { problemIn } from './problem';
import { requestBytes } from './request';
import { jsonIn } from './transport';

const at = { wall: '2026-11-24T01:00:00.000Z', mono: 5, start: '0193a000-0000-7000-8000-000000000001' };
const EPOCH = '0193a000-0000-7000-8000-000000000002';

describe('a request', () => {
  const asked = {
    app: '0.1.0',
    epoch: null,
    clock: at,
    anchors: [],
    manifest: { hash: 'h' },
    cursor: null,
    budget: 65_536,
    previews: [],
    have: [],
    parts: {},
  };

  it('[S2] carries ops byte for byte as they were sealed', () => {
    const ops = [canonical({ id: 'a', note: '朴顺姬' }), canonical({ id: 'b', note: '𠀋' })];
    const body = requestBytes(asked, ops);
    const parsed = jsonIn(body) as { ops: unknown[]; v: number; previews: unknown[] };
    expect(parsed).toMatchObject({ v: 2, app: '0.1.0', previews: [], ops: [{ id: 'a' }, { id: 'b' }] });
    expect(parsed.ops.map(canonical)).toEqual(ops);
    expect(new TextDecoder().decode(body)).toContain(ops.map((op) => new TextDecoder().decode(op)).join());
  });

  it('without ops is whole too', () => {
    expect(jsonIn(requestBytes(asked, []))).toMatchObject({ ops: [] });
  });
});

describe('the signature', () => {
  it('covers method, path and body, and can be checked with the public half alone', async () => {
    const pair = await makeSigningKey();
    expect(pair.privateKey.extractable).toBe(false);
    const body = new TextEncoder().encode('{}');
    const who = { device: 'd', user: 'u', org: 1, method: 'POST', path: '/api/sync', body, nowMs: 1_795_482_123_456 };
    const token = await sign(pair.privateKey, who);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const bytes = (text: string): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    expect(jsonIn(bytes(head))).toEqual({ alg: 'ES256', typ: 'device+jwt', kid: 'd' });
    expect(jsonIn(bytes(claims))).toEqual({
      sub: 'u',
      org: 1,
      htm: 'POST',
      htu: '/api/sync',
      bsh: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      iat: 1_795_482_123,
    });
    const jwk = await publicKey(pair);
    expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, false, ['verify']);
    const input = new TextEncoder().encode(`${head}.${claims}`);
    expect(await crypto.subtle.verify(algorithm, key, bytes(signature), input)).toBe(true);
  });
});

describe('an answer', () => {
  const whole = {
    v: 2,
    results: [{ id: 'a', outcome: 'accepted' }],
    changes: [],
    cursor: { epoch: EPOCH, feeds: { county: 3 }, walks: { county: 9 } },
    more: false,
    feeds: null,
    left: [],
    reset: [],
    wanted: [],
    receipts: [],
    epoch: EPOCH,
    backed_up_to: null,
    server_time: '2026-11-24T01:00:00.000Z',
  };

  it('is read, and members of a newer server are let be', () => {
    expect(readAnswer({ ...whole, weather: 'snow' })).toMatchObject({ results: whole.results, cursor: whole.cursor });
    expect(readAnswer({ ...whole, cursor: null })?.cursor).toBeNull();
    expect(readAnswer({ ...whole, feeds: { county: { alive: 1, digest: 'a'.repeat(64) } } })?.feeds).toBeDefined();
  });

  it('[S7] names what is wanted and what is held, and odd ones are let be', () => {
    const sha256 = 'a'.repeat(64);
    const wanted = [{ sha256, offset: 5 }, { sha256, offset: -1 }, { sha256 }, 'x'];
    const strange = { sha256, bytes: 9, pending: 'soon' };
    const receipts = [
      { sha256, bytes: 9, aside: 'photo_type' },
      { sha256, bytes: 9, pending: true },
      { sha256 },
      strange,
    ];
    const read = readAnswer({ ...whole, wanted, receipts });
    expect([read?.wanted, read?.receipts]).toEqual([wanted.slice(0, 1), receipts.slice(0, 2)]);
    for (const odd of [undefined, null, 'all'])
      expect(readAnswer({ ...whole, wanted: odd, receipts: odd })).toMatchObject({ wanted: [], receipts: [] });
  });

  it('[S12] names the buckets that came whole, and odd ones are let be', () => {
    const parts = { county: [0, 255], 'user:a': [], 'team:a': [256], 'team:b': ['1'], 'team:c': 7 };
    expect(readAnswer({ ...whole, parts })?.parts).toEqual({ county: [0, 255], 'user:a': [] });
    for (const odd of [undefined, null, 'all', [1]]) expect(readAnswer({ ...whole, parts: odd })?.parts).toEqual({});
  });

  it('[S14] says how far its backup has come, if it can be read', () => {
    expect(readAnswer({ ...whole, backed_up_to: at.wall })?.backed_up_to).toBe(at.wall);
    expect(readAnswer({ ...whole, backed_up_to: 'soon' })?.backed_up_to).toBeNull();
  });

  it.each([
    ['a hotel’s sign-in page', null],
    ['another protocol', { ...whole, v: 1 }],
    ['no epoch', { ...whole, epoch: 'x' }],
    ['no time', { ...whole, server_time: 'yesterday' }],
    ['a cursor with a fraction', { ...whole, cursor: { epoch: EPOCH, feeds: { county: 1.5 } } }],
    ['results that are none', { ...whole, results: {} }],
  ])('is none when it is %s', (_, value) => {
    expect(readAnswer(value)).toBeNull();
  });

  it('an outcome that this release does not know leaves its op waiting', () => {
    expect(readAnswer({ ...whole, results: [{ id: 'a', outcome: 'pondered' }] })?.results).toEqual([]);
  });
});

describe('a problem', () => {
  it('is the county’s only with a code', () => {
    expect(problemIn({ code: 'busy', title: '忙', detail: '等一下' })).toEqual({
      code: 'busy',
      title: '忙',
      next: '等一下',
    });
    expect(problemIn({ code: 'clock_off', server_time: at.wall })).toMatchObject({ server_time: at.wall });
    expect(problemIn({ code: 'photo_offset', offset: 65_536 })).toMatchObject({ offset: 65_536 });
    expect(problemIn({ code: 'photo_offset', offset: 'x' })).not.toHaveProperty('offset');
    for (const other of [null, '<html>', {}, { code: 7 }]) expect(problemIn(other)).toBeNull();
  });
});

describe('the manifest', () => {
  const draft = { visit: 'v1', person: 'p1', began: '2026-11-23T01:00:00.000Z' };
  const op = { id: 'o', n: 1, visit: 'v2', person: null, made: at.wall, starts: [at.start], bytes: 9, fails: 0 };
  const storage = { used: 20_000_000, quota: 1_000_000_000, persisted: true, short: false };

  it('[S13] names what the county lacks, with whom and since when', async () => {
    const ops = [
      { ...op, state: 'waiting' as const },
      { ...op, state: 'refused' as const },
    ];
    const manifest = await manifestOf({ drafts: [draft], ops, storage, photos: 0, mismatched: [] });
    expect(manifest).toMatchObject({
      drafts: 1,
      waiting: 1,
      refused: 1,
      photos: 0,
      oldest_wall: draft.began,
      items: [
        { visit: 'v2', person: null, at: at.wall },
        { visit: 'v1', person: 'p1', at: draft.began },
      ],
    });
    expect(manifest).not.toHaveProperty('mismatched');
  });

  it('[S13] is one hash while nothing changes, and a byte more storage is no change', async () => {
    const of = (used: number): Promise<{ hash: string }> =>
      manifestOf({ drafts: [draft], ops: [], storage: { ...storage, used }, photos: 0, mismatched: [] });
    expect((await of(20_000_001)).hash).toBe((await of(20_000_000)).hash);
    expect((await of(200_000_000)).hash).not.toBe((await of(20_000_000)).hash);
  });

  it('[S12] tells of feeds whose digest differed', async () => {
    const inventory = { drafts: [], ops: [], storage: null, photos: 0 };
    const told = await manifestOf({ ...inventory, mismatched: ['county'] });
    expect(told.mismatched).toEqual(['county']);
    expect(told.hash).not.toBe((await manifestOf({ ...inventory, mismatched: [] })).hash);
  });

  it('[S13] stays small when very much waits, and its hash still tells all', async () => {
    const drafts = Array.from({ length: 300 }, (_, i) => ({ ...draft, visit: `v${i}` }));
    const manifest = await manifestOf({ drafts, ops: [], storage: null, photos: 0, mismatched: [] });
    expect([manifest.items?.length, manifest.drafts]).toEqual([200, 300]);
    const other = await manifestOf({
      drafts: drafts.slice(0, 299).concat(draft),
      ops: [],
      storage: null,
      photos: 0,
      mismatched: [],
    });
    expect(other.hash).not.toBe(manifest.hash);
  });
});
