import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Json } from '../sync/messages';
import type { Store } from './store';
import { EPOCH, FORM_SHA, SHAN, TEAM, closeAll, draft, freshPhone, hear, id } from './testing/phone';

const sha = (letter: string): string => letter.repeat(64);
let store: Store;

function form(key: string, version: string, sha256: string, programme = 'day-care'): Change {
  const binds = { subject: null, door: null, place: null, volunteers: null };
  const title = { zh: key, en: key };
  const body: Json = {
    form: key,
    version,
    sha256,
    bytes: 9,
    programme,
    kind: 'contact',
    title,
    list: null,
    binds,
    lists: [],
    minutes: [],
    one_page: true,
    entity: false,
  };
  return { feed: 'county', kind: 'form', id: key, seq: 1, version, body };
}

const wanted = async (): Promise<string[]> => (await store.exchange.xformsWanted()).map(({ sha256 }) => sha256).sort();
const come = (changes: Change[], server_time: string): Promise<unknown> =>
  hear(store, { changes, cursor: { epoch: EPOCH, feeds: { county: 1 } }, server_time });

beforeEach(async () => {
  store = await freshPhone();
  const team = { id: TEAM, programme: 'day-care', name: { zh: '', en: '' }, communities: [], members: [] };
  const me = { user: SHAN, name: '单秀云', language: 'zh', teams: [{ team: TEAM, leads: false }] };
  const mine: Change[] = [
    { feed: `team:${TEAM}`, kind: 'team', id: TEAM, seq: 1, version: '1', body: team },
    { feed: `user:${SHAN}`, kind: 'me', id: SHAN, seq: 1, version: '1', body: me },
  ];
  const heads = [form('daily-contact', '1', sha('a')), form('clinic', '1', sha('b'), 'free-clinic')];
  await come([...mine, ...heads], '2026-11-24T01:00:00.000Z');
});
afterEach(closeAll);

describe('XForm bodies', () => {
  it('are wanted for the programmes of her own teams, once', async () => {
    expect(await wanted()).toEqual([sha('a')]);
    await store.exchange.putXform(sha('a'), '<h:html/>');
    expect(await wanted()).toEqual([]);
    expect(await store.xform(sha('a'))).toBe('<h:html/>');
    expect(await store.xform(sha('z'))).toBeNull();
  });

  it('are wanted of the cards that every team may fill, but on no phone without a team', async () => {
    await come([form('person-card', '1', sha('d'), 'common')], '2026-11-24T01:00:00.000Z');
    expect(await wanted()).toEqual([sha('a'), sha('d')]);
    const nowhere = { user: SHAN, name: '单秀云', language: 'zh', teams: [] };
    const left: Change = { feed: `user:${SHAN}`, kind: 'me', id: SHAN, seq: 2, version: '2', body: nowhere };
    await come([left], '2026-11-24T02:00:00.000Z');
    expect(await wanted()).toEqual([]);
  });

  it('stay as long as a draft was opened with them, and are fetched for a draft that lacks its own', async () => {
    await store.exchange.putXform(sha('a'), '<h:html/>');
    const [record] = draft().records;
    await store.saveDraft(id(100), 0, draft({ records: [{ ...record!, sha256: sha('a') }] }));
    await store.saveDraft(id(101), 0, draft());
    await come([form('daily-contact', '2', sha('c'))], '2026-11-25T01:00:00.000Z');
    expect(await wanted()).toEqual([sha('c'), FORM_SHA].sort());
    for (const day of ['2026-12-01', '2027-12-01']) {
      await come([], `${day}T01:00:00.000Z`);
      await store.exchange.sweepXforms();
    }
    expect(await store.xform(sha('a'))).toBe('<h:html/>');
  });

  it('that nothing needs any more go after a week by the county’s clock: a page may have one open', async () => {
    await store.exchange.putXform(sha('a'), '<h:html/>');
    await come([form('daily-contact', '2', sha('c'))], '2026-11-25T01:00:00.000Z');
    await store.exchange.sweepXforms();
    await come([], '2026-12-02T00:59:00.000Z');
    await store.exchange.sweepXforms();
    expect(await store.xform(sha('a'))).toBe('<h:html/>');
    await come([], '2026-12-02T01:00:01.000Z');
    await store.exchange.sweepXforms();
    expect(await store.xform(sha('a'))).toBeNull();
  });
});

const FILE = sha('f');
const named = `<h:html><h:head><aside xmlns="urn:lianxin:form"><file name="a.png" sha256="${FILE}" bytes="3" type="image/png"/></aside></h:head></h:html>`;
const bytesOf = (...bytes: number[]) => ({ type: 'image/png', bytes: new Uint8Array(bytes).buffer });

describe('files of a form', () => {
  it('are wanted once it is here, and it is on this phone once they are', async () => {
    await store.exchange.putXform(sha('a'), named);
    expect(await store.xform(sha('a'))).toBeNull();
    expect(await store.exchange.mediaWanted()).toEqual([{ name: 'a.png', sha256: FILE, bytes: 3, type: 'image/png' }]);
    await store.exchange.putMedium(FILE, bytesOf(1, 2, 3), false);
    expect(await store.exchange.mediaWanted()).toEqual([]);
    expect(await store.xform(sha('a'))).toBe(named);
    expect(await store.formFile(FILE)).toEqual(bytesOf(1, 2, 3));
    expect(await store.formFile(sha('9'))).toBeNull();
  });

  it('that have come in part are still wanted, and go on from there', async () => {
    await store.exchange.putXform(sha('a'), named);
    expect((await store.exchange.mediumBegun(FILE)).length).toBe(0);
    await store.exchange.putMedium(FILE, bytesOf(1, 2), true);
    expect((await store.exchange.mediaWanted()).map(({ sha256 }) => sha256)).toEqual([FILE]);
    expect([...(await store.exchange.mediumBegun(FILE))]).toEqual([1, 2]);
    expect(await store.xform(sha('a'))).toBeNull();
    expect(await store.formFile(FILE)).toBeNull();
  });

  it('are kept for whichever form needs them, and go with the last', async () => {
    await store.exchange.putXform(sha('a'), named);
    await store.exchange.putXform(sha('c'), named);
    await store.exchange.putMedium(FILE, bytesOf(1, 2, 3), false);
    await come([form('daily-contact', '2', sha('c'))], '2026-11-25T01:00:00.000Z');
    for (const day of ['2026-11-26', '2026-12-10']) {
      await come([], `${day}T01:00:00.000Z`);
      await store.exchange.sweepXforms();
    }
    expect(await store.xform(sha('a'))).toBeNull();
    expect(await store.formFile(FILE)).not.toBeNull();
    await come([form('daily-contact', '3', sha('e'))], '2026-12-11T01:00:00.000Z');
    await store.exchange.putXform(sha('e'), '<h:html/>');
    for (const day of ['2026-12-12', '2026-12-30']) {
      await come([], `${day}T01:00:00.000Z`);
      await store.exchange.sweepXforms();
    }
    expect(await store.formFile(FILE)).toBeNull();
    await store.exchange.putXform(sha('c'), named);
    expect((await store.exchange.mediaWanted()).length).toBe(1);
  });
});
