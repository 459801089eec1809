import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choose, enrolled, identities, identity, pendingKey } from './registry';
import { openStore } from './store';
import { IDENTITY, closeAll, draft, freshPhone, id, reopened, signingKey } from './testing/phone';
import type { Identity } from './types';

const OTHER: Identity = { ...IDENTITY, device: id(20), user: { id: id(21), name: '解长河', language: 'zh' } };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(closeAll);

describe('who works on this phone', () => {
  it('is nobody at first', async () => {
    expect(await identity()).toBeNull();
    await expect(openStore()).rejects.toMatchObject({ kind: 'nobody' });
  });

  it('is whoever enrolled last, until the phone is handed back', async () => {
    const store = await freshPhone();
    await store.saveDraft(id(100), 0, draft());
    await enrolled(OTHER, await signingKey());
    expect((await identity())?.user.name).toBe('解长河');
    const his = await reopened();
    expect(await his.drafts()).toEqual([]); // each has a store of their own
    await choose(IDENTITY.device);
    expect((await identity())?.user.name).toBe('单秀云');
    expect(await (await reopened()).drafts()).toHaveLength(1);
    expect((await identities()).map(({ user }) => user.name).sort()).toEqual(['单秀云', '解长河']);
    await expect(choose(id(99))).rejects.toMatchObject({ kind: 'gone' });
  });

  const thumb = async (pair: CryptoKeyPair): Promise<unknown> =>
    (await crypto.subtle.exportKey('jwk', pair.publicKey)).x;

  it('an enrolment whose answer was lost is asked for again with the same key', async () => {
    const first = await pendingKey('ABCD2345', signingKey);
    expect(await thumb(await pendingKey('ABCD2345', signingKey))).toBe(await thumb(first));
    expect(await thumb(await pendingKey('WXYZ6789', signingKey))).not.toBe(await thumb(first));
  });

  it('so it is when another code was tried meanwhile, or somebody else has enrolled', async () => {
    const first = await pendingKey('ABCD2345', signingKey);
    await enrolled(OTHER, await pendingKey('WXYZ6789', signingKey), 'WXYZ6789');
    expect(await thumb(await pendingKey('ABCD2345', signingKey))).toBe(await thumb(first));
  });

  it('keys of codes that nobody answers do not pile up', async () => {
    const first = await pendingKey('ABCD2345', signingKey);
    for (let typo = 0; typo < 20; typo++) await pendingKey(`TYPO${1000 + typo}`, signingKey);
    expect(await thumb(await pendingKey('ABCD2345', signingKey))).not.toBe(await thumb(first));
  });

  it('the key of an enrolment that was answered is not used for another', async () => {
    const pair = await pendingKey('ABCD2345', signingKey);
    await enrolled(IDENTITY, pair, 'ABCD2345');
    expect(await thumb(await pendingKey('ABCD2345', signingKey))).not.toBe(await thumb(pair));
  });
});
