import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolled } from './registry';
import { makeDataKey, makeDeviceKey, openDataKey, sealWith } from './seal';
import type { Store } from './store';
import {
  FORM_SHA,
  IDENTITY,
  PIAO,
  TEAM,
  closeAll,
  draft,
  entity,
  finished,
  freshPhone,
  hear,
  id,
  rawText,
  signingKey,
} from './testing/phone';

const FEED = `team:${TEAM}`;
let store: Store;
beforeEach(async () => {
  store = await freshPhone();
});
afterEach(closeAll);

describe('what lies on the phone', () => {
  it('tells no name, no address, no word that was typed and no question of a form', async () => {
    const saves = [
      { list: 'people', id: id(70), label: '新来的奶奶', properties: { phone: '13800138000' }, creates: true },
    ];
    await store.saveDraft(id(100), 0, draft());
    const { op } = await store.finishVisit(finished(id(101), { saves }));
    const org = { code: 'HL', name: { zh: '桦岭县', en: 'Hualing' }, timezone: 'Asia/Shanghai', demo: true };
    const form = { form: 'daily-contact', sha256: FORM_SHA };
    await hear(store, {
      results: [{ id: op, outcome: 'refused', code: 'answers_do_not_fit', title: '答案对不上', next: '朴顺姬的记录' }],
      changes: [
        entity(FEED, PIAO, '朴顺姬', 1),
        { feed: 'county', kind: 'org', id: 'HL', seq: 1, version: '1', body: org },
        { feed: FEED, kind: 'entity', id: '', seq: 2, version: '1', body: { label: '走失的名字' } },
      ],
      cursor: { epoch: id(7), feeds: { [FEED]: 2 } },
    });
    await store.exchange.putXform(FORM_SHA, `<h:html>怎么联系的 ${JSON.stringify(form)}</h:html>`);

    expect((await store.entities()).map(({ label }) => label).sort()).toEqual(['新来的奶奶', '朴顺姬']);
    expect((await store.visits())[0]?.problem?.title).toBe('答案对不上');
    const raw = await rawText();
    expect(raw).toContain(op); // ids, states, sizes and times are in clear
    const secrets = [
      '朴顺姬',
      '单秀云',
      '新来的奶奶',
      '13800138000',
      '柳荫一区',
      '咳嗽',
      '还没写完的话',
      '答案对不上',
      '走失的名字',
      '怎么联系的',
      'daily-contact',
      'day-care',
    ];
    expect(secrets.filter((secret) => raw.includes(secret))).toEqual([]);
  });

  it('opens again after a restart, and for nobody without this device’s key', async () => {
    const device = await makeDeviceKey();
    const wrapped = await makeDataKey(device);
    const sealed = await sealWith(await openDataKey(device, wrapped)).json('drafts/a', { note: '朴顺姬' });
    const again = sealWith(await openDataKey(device, wrapped));
    expect(await again.openJson('drafts/a', sealed)).toEqual({ note: '朴顺姬' });
    await expect(openDataKey(await makeDeviceKey(), wrapped)).rejects.toMatchObject({ kind: 'sealed' });
    await expect(again.openJson('drafts/b', sealed)).rejects.toMatchObject({ kind: 'sealed' }); // moved to another place
  });

  it('has no key that could be taken out of the browser', async () => {
    expect(store.exchange.signing.privateKey.extractable).toBe(false);
    const device = await makeDeviceKey();
    expect(device.extractable).toBe(false);
    expect((await openDataKey(device, await makeDataKey(device))).extractable).toBe(false);
  });

  it('stays when the same device enrols again with a new code', async () => {
    await store.saveDraft(id(100), 0, draft());
    await enrolled(IDENTITY, await signingKey());
    const { openStore } = await import('./store');
    const again = await openStore();
    expect((await again.loadDraft(id(100)))?.rev).toBe(1);
    again.close();
  });
});
