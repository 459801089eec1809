import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n';
import { setTextStep } from '../../ui';
import { open } from '../fixtures/cast';
import { type Page, show } from '../fixtures/page';

afterEach(() => {
  setLanguage('zh');
  setTextStep('18');
});

const onePage = async () => {
  const filling = await open('compact');
  return { filling, page: show(filling, { mode: 'one-page' }) };
};
const began = async (step?: string) => {
  const filling = await open('compact');
  return { filling, page: show(filling, { mode: 'question', ...(step === undefined ? {} : { step }) }) };
};

describe('a question that goes on by itself', () => {
  it('does so after a choice, and not while the arrow keys pass over the choices', async () => {
    const { filling, page } = await began();
    const [yes, no] = [...page.at('/data/came').querySelectorAll('input')];
    yes!.focus();
    yes!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    no!.click();
    yes!.dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowDown', bubbles: true }));
    await page.rest();
    expect([filling.get('/data/came'), page.stepped]).toEqual(['no', []]);
    page.tap('来了', page.at('/data/came'));
    await page.rest();
    expect([filling.get('/data/came'), page.stepped]).toEqual(['yes', ['/data/week']]);
  });

  it('stays where all is on one page', async () => {
    const { filling, page } = await onePage();
    page.tap('来了', page.at('/data/came'));
    await page.rest();
    expect([filling.get('/data/came'), page.finished]).toEqual(['yes', []]);
  });
});

describe('a table of choices', () => {
  it('says what its columns mean once, and at each mark to a reader', async () => {
    const { filling, page } = await began('/data/week');
    expect([...page.box.querySelectorAll('.grid-head .marks span')].map((each) => each.textContent)).toEqual([
      '没有',
      '有几天',
      '多半',
      '天天',
    ]);
    const marks = [...page.at('/data/week/sleep').querySelectorAll('input')];
    expect(marks.map((each) => each.getAttribute('aria-label'))).toEqual(['没有', '有几天', '多半', '天天']);
    expect(page.at('/data/week/sleep').textContent.trim()).toBe('睡得好');
    page.tap('下一题');
    await page.rest();
    expect(page.error('/data/week/sleep')).toBe('请选一个');
    marks[3]!.click();
    expect([filling.get('/data/week/sleep'), page.error('/data/week/sleep')]).toEqual(['all', undefined]);
  });

  it('takes several where the form asks for several', async () => {
    const { filling, page } = await began('/data/indoors');
    const marks = [...page.at('/data/indoors/morning').querySelectorAll('input')];
    marks[1]!.click();
    marks[0]!.click();
    expect([marks[0]!.type, filling.get('/data/indoors/morning')]).toEqual(['checkbox', 'self child']);
  });

  it('shows each question with its own choices at the largest letters, and where no line says what they mean', async () => {
    setTextStep('30');
    const { page } = await began('/data/week');
    expect(page.box.querySelector('.grid-head')).toBeNull();
    expect(page.at('/data/week/sleep').textContent).toContain('天天');
    page.leave();
    setTextStep('18');
    const home = await began('/data/indoors');
    expect(home.page.at('/data/indoors/alone').textContent).toContain('来了');
    expect(home.page.at('/data/indoors/evening').textContent).not.toContain('子女');
  });
});

describe('letters that nobody else should read', () => {
  it('are dots until she looks, also where they are told', async () => {
    const { filling, page } = await onePage();
    page.write('/data/card', '2302281956');
    const box = page.input('/data/card');
    expect([box.type, box.classList.contains('dots'), box.value]).toEqual(['text', true, '2302281956']);
    page.tap('看写了什么', page.at('/data/card'));
    expect(box.classList.contains('dots')).toBe(false);
    expect(filling.get('/data/card')).toBe('2302281956');
    const told = show(filling, { mode: 'one-page', preset: [{ path: '/data/card' }] });
    expect(told.box.querySelector('.told')?.textContent).toBe('••••••••');
  });
});

describe('a number', () => {
  it('of many digits is read out, and stays in its box as it was typed', async () => {
    const { page } = await onePage();
    page.write('/data/money', '12345');
    expect([page.input('/data/money').value, page.at('/data/money').querySelector('.said')?.textContent]).toEqual([
      '12345',
      '12,345',
    ]);
    page.write('/data/money', '999');
    expect(page.at('/data/money').querySelector('.said')).toBeNull();
  });

  it('that is counted has a button for one more and one less, and stops at nothing', async () => {
    const { filling, page } = await onePage();
    page.tap('多一点', page.at('/data/eggs'));
    page.tap('多一点', page.at('/data/eggs'));
    expect([filling.get('/data/eggs'), page.input('/data/eggs').value]).toEqual(['2', '2']);
    for (const _ of [1, 2, 3]) page.tap('少一点', page.at('/data/eggs'));
    expect(filling.get('/data/eggs')).toBe('0');
  });

  it('between two ends is picked from a list where the form asks for one', async () => {
    const { filling, page } = await onePage();
    const opener = page.at('/data/age').querySelector<HTMLElement>('[role=combobox]')!;
    opener.click();
    const choices = [...document.querySelectorAll<HTMLInputElement>('.picks input')];
    expect(choices.length).toBe(19);
    choices[7]!.click();
    page.tap('就选这个');
    expect([filling.get('/data/age'), opener.textContent]).toEqual(['7', '7']);
  });
});

describe('a screen reader', () => {
  it.each(['zh', 'en'] as const)('finds nothing amiss in %s', async (language) => {
    setLanguage(language);
    const off = { enabled: false };
    const rules = { 'color-contrast': off, region: off, 'label-content-name-mismatch': off };
    const check = async (page: Page) => {
      const { violations } = await axe.run(page.box, { rules });
      page.leave();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    };
    await check((await onePage()).page);
    await check((await began('/data/week')).page);
    const ways = await open('capture');
    ways.set('/data/way', '45.27 130.25 0.0 4.0;45.271 130.25 0.0 4.0');
    ways.set('/data/spot', '45.27 130.25 0.0 4.0');
    await check(show(ways, { mode: 'one-page' }));
  });
});
