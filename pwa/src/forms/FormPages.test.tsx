import axe from 'axe-core';
import { createSignal } from 'solid-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../i18n';
import type { Saving } from './Dock';
import { na, open, piao } from './fixtures/cast';
import { type Page, show } from './fixtures/page';
import type { Preset } from './Told';

afterEach(() => setLanguage('zh'));

const progress = (page: Page) => page.box.querySelector('.qprog')?.textContent.trim();
const alerts = (page: Page) => page.box.querySelector('[role=status]')?.textContent.trim();

const careOf = async (person: string) => {
  const filling = await open('care');
  filling.set('/data/person', person);
  filling.set('/data/door', 'opened');
  const change = vi.fn();
  const preset: Preset[] = [
    { path: '/data/person', words: null },
    { path: '/data/door', icon: 'door-open', onChange: change },
  ];
  return { filling, preset, change };
};

describe('question by question', () => {
  it('shows one question, with how far she is and what it belongs to', async () => {
    const { filling, preset } = await careOf(na);
    const page = show(filling, { preset });
    expect([progress(page), ...page.headings()]).toEqual(['第 1 题，共 10 题', '做了哪些']);
    expect(page.box.querySelector('.page')?.textContent).toMatch(/^照料/);
    page.tap('做饭');
    page.tap('下一题');
    await page.rest();
    expect([progress(page), ...page.headings()]).toEqual(['第 2 题，共 10 题', '今天吃饭']);
    expect(page.stepped).toEqual(['/data/care/ate']);
  });

  it('shows a field-list whole, under its name', async () => {
    const filling = await open('widgets');
    filling.set('/data/mood', 'well');
    filling.set('/data/care/temp', '5');
    const page = show(filling, { step: '/data/care' });
    expect(page.headings().slice(0, 3)).toEqual(['照料', '屋里多少度 可不填', '细说']);
    page.write('/data/care/temp', '88');
    page.tap('记好了');
    await page.rest();
    expect(page.error('/data/care/temp')).toBe('请填 -10 到 40 之间的数');
    expect(page.stepped).toEqual([]);
  });

  it('puts a note above the question that it is read for', async () => {
    const { filling, preset } = await careOf(piao);
    const page = show(filling, { preset });
    expect(page.box.querySelector('.note')?.textContent).toMatch(/^请念给本人听/);
    expect(page.headings()).toEqual(['第一次上门：是否同意登记']);
  });

  it('never goes on by itself', async () => {
    const page = show(await open('care'), { step: '/data/door' });
    page.tap('敲门没人应');
    await page.rest();
    expect(page.headings()[0]).toBe('门口情况');
    expect(page.stepped).toEqual([]);
  });

  it('stays at what is missing, says it beside the field, and puts the focus there', async () => {
    const filling = await open('widgets');
    const page = show(filling, { step: '/data/mood' });
    expect(page.error('/data/mood')).toBeUndefined();
    page.tap('下一题');
    await page.rest();
    expect(page.stepped).toEqual([]);
    expect(page.error('/data/mood')).toBe('请选一个');
    expect(page.at('/data/mood').contains(document.activeElement)).toBe(true);
    page.tap('心情不好');
    expect(page.error('/data/mood')).toBeUndefined();
  });

  it('gives the new screen the focus, not a box, so that no keyboard pops up', async () => {
    const page = show(await open('widgets'), { step: '/data/called' });
    page.tap('下一题');
    await page.rest();
    expect(document.activeElement?.className).toBe('page');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('说了什么');
  });

  it('goes back, except from the first', async () => {
    const page = show(await open('widgets'), { step: '/data/story' });
    page.tap('上一题');
    expect(page.headings()).toEqual(['怎么称呼 可不填']);
    page.tap('上一题');
    expect(page.headings()).toEqual(['看望谁']);
    expect(page.box.textContent).not.toContain('上一题');
  });

  it('comes back to the step that it was left at, also when questions before it came or went', async () => {
    const { filling, preset } = await careOf(piao);
    const page = show(filling, { preset, step: '/data/need' });
    expect([page.headings()[0], progress(page)]).toEqual(['接下来要做什么', '第 8 题，共 10 题']);
    filling.set('/data/person', na);
    expect([page.headings()[0], progress(page)]).toEqual(['接下来要做什么', '第 7 题，共 10 题']);
  });

  it('finishes only from the last one, and jumps to the first that is still wanting', async () => {
    const { filling, preset } = await careOf(na);
    const page = show(filling, { preset, step: '/data/voice' });
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toEqual([]);
    expect(alerts(page)).toBe('还有 4 处要看一下');
    expect(page.headings()).toEqual(['做了哪些']);
    expect(page.error('/data/care/tasks')).toBe('请至少选一个');
    expect(page.at('/data/care/tasks').contains(document.activeElement)).toBe(true);
    for (const answer of ['做饭', '吃得好', '吃了', null, null, '挺好', null]) {
      if (answer !== null) page.tap(answer);
      page.tap('下一题');
      await page.rest();
    }
    expect(alerts(page)).toBe('');
    page.write('/data/note', '一切都好');
    for (const optional of ['照片', '也可以说一段']) {
      page.tap('下一题');
      await page.rest();
      expect(page.headings()[0]).toContain(optional);
    }
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toHaveLength(1);
    expect(page.finished[0]?.xml).toContain('<note>一切都好</note>');
  });

  it('has nothing to ask when all was known', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'hospital');
    const page = show(filling, { preset: [{ path: '/data/person' }, { path: '/data/contact' }] });
    expect(page.box.textContent).toContain('没有别的要填了');
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toHaveLength(1);
  });
});

describe('what was known before', () => {
  it('is told in a line with a way to change it, not asked', async () => {
    const { filling, preset, change } = await careOf(na);
    const page = show(filling, { preset });
    const told = [...page.box.querySelectorAll('.told')];
    expect(told.map((each) => each.textContent)).toEqual(['开门，见到本人改']);
    page.tap('改：开门，见到本人');
    expect(change).toHaveBeenCalledOnce();
    filling.set('/data/door', 'family');
    expect(told[0]?.textContent).toBe('见到家里人改');
  });

  it('is asked after all when the form cannot take it', async () => {
    const filling = await open('contact');
    filling.set('/data/person', 'nobody-of-that-name');
    const page = show(filling, { mode: 'one-page', preset: [{ path: '/data/person', words: null }] });
    expect(page.headings()).toContain('联系谁');
  });
});

describe('one page', () => {
  it('is three taps for an ordinary day: the door outside, how she is, done', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'seen'); // the first tap, at the door
    const page = show(filling, {
      mode: 'one-page',
      preset: [
        { path: '/data/person', words: null },
        { path: '/data/contact', words: '见到了', icon: 'door-open' },
      ],
    });
    expect(page.headings()).toEqual(['人怎么样']);
    page.tap('挺好');
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toHaveLength(1);
    expect(page.finished[0]?.xml).toContain('<wellbeing>well</wellbeing>');
  });

  it('grows by what follows from an answer, without moving the focus', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'phone');
    const preset = [{ path: '/data/person' }, { path: '/data/contact' }];
    const page = show(filling, { mode: 'one-page', preset });
    page.at('/data/wellbeing').querySelector<HTMLInputElement>('input[value=unwell]')!.focus();
    page.tap('身体不舒服');
    page.tap('约好再来');
    expect(page.headings()).toEqual(['人怎么样', '接下来要做什么', '哪天再来 可不填', '还有要说的 可不填']);
    expect(document.activeElement?.closest('[data-path]')).toBe(page.at('/data/wellbeing'));
  });

  it('inside a page that has its own main brings none', async () => {
    const filling = await open('contact');
    expect(show(filling, { mode: 'one-page' }).box.querySelectorAll('main')).toHaveLength(1);
    const page = show(filling, { mode: 'one-page', inPage: true });
    expect(page.box.querySelectorAll('main')).toHaveLength(0);
    page.tap('记好了', page.box);
    await page.rest();
    expect(page.at('/data/person').contains(document.activeElement)).toBe(true);
  });

  it('does not finish by Enter', async () => {
    const filling = await open('widgets');
    const page = show(filling, { mode: 'one-page' });
    page
      .input('/data/called')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await page.rest();
    expect([page.finished, alerts(page)]).toEqual([[], '']);
  });
});

describe('a record that was sent before', () => {
  const sent = `<data id="photos" version="2026112901"><word>锅</word><stove>a.jpg</stove><pipe/><voice/>
    <meta><instanceID>uuid:1</instanceID></meta></data>`;

  it('lists at its end what is not as it was sent', async () => {
    const filling = await open('photos', { edit: { xml: sent } });
    const page = show(filling, { step: '/data/word' });
    const rows = () => [...page.box.querySelectorAll('.changed div')].map((each) => each.textContent);
    page.write('/data/word', '炉子');
    expect(rows()).toEqual([]);
    filling.set('/data/stove', 'b.jpg');
    for (let step = 0; step < 3; step++) {
      page.tap('下一题');
      await page.rest();
    }
    expect(rows()).toEqual([
      '写一个词原来：锅现在：炉子换回原来的写一个词',
      '炉子照片原来：原来的现在：刚拍的换回原来的炉子照片',
    ]);
    filling.set('/data/stove', 'a.jpg');
    filling.set('/data/word', '锅');
    expect(rows()).toEqual([]);
  });
});

describe('saving', () => {
  it('is said in the dock, and a draft that could not be saved keeps her here', async () => {
    const { filling, preset } = await careOf(na);
    filling.set('/data/door', 'nobody');
    const [saving, setSaving] = createSignal<Saving>('saved');
    const page = show(filling, {
      preset,
      step: '/data/note',
      get saving() {
        return saving();
      },
    });
    expect(alerts(page)).toBe('已存好在手机里，退出也不会丢');
    setSaving('failed');
    expect(alerts(page)).toBe('没保存，先别退出，正在再试');
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toEqual([]);
    setSaving('saved');
    page.tap('记好了');
    await page.rest();
    expect(page.finished).toHaveLength(1);
  });

  it('that fails at the end is said, and can be tried again', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'away');
    const onFinish = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('disk full')).mockResolvedValue();
    const page = show(filling, { mode: 'one-page', onFinish });
    page.tap('记好了');
    await page.rest();
    expect(alerts(page)).toBe('没保存，先别退出，正在再试');
    page.tap('记好了');
    await page.rest();
    expect([onFinish.mock.calls.length, alerts(page)]).toEqual([2, '']);
  });
});

describe('a form that broke and was brought back', () => {
  it('keeps the focus in the box and says what to do', async () => {
    const filling = await open('fragile');
    const page = show(filling, { mode: 'one-page' });
    const input = page.input('/data/word');
    input.focus();
    input.value = '坏';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await vi.waitFor(() => expect(page.input('/data/word')).not.toBe(input));
    expect(page.input('/data/word').value).toBe('坏');
    expect(document.activeElement).toBe(page.input('/data/word'));
    page.input('/data/word').blur();
    expect(page.error('/data/word')).toBe('这样填，后面算不出来；请换一种填法');
  });
});

describe('a screen reader', () => {
  it.each([
    ['zh', 'one-page'],
    ['en', 'question'],
  ] as const)('finds nothing amiss in %s, %s', async (language, mode) => {
    setLanguage(language);
    const filling = await open('widgets');
    filling.set('/data/mood', 'low');
    const page = show(filling, { mode, preset: [{ path: '/data/mood', onChange: () => undefined }], saving: 'saved' });
    const check = async () => {
      // what needs a canvas or a whole page
      const off = { enabled: false };
      const rules = { 'color-contrast': off, region: off, 'label-content-name-mismatch': off };
      const { violations } = await axe.run(page.box, { rules });
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    };
    await check();
    page.tap(mode === 'question' ? 'Next' : '记好了');
    await page.rest();
    await check();
  });
});
