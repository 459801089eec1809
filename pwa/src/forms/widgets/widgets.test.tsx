import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n';
import { setTextStep } from '../../ui';
import { na, open, people } from '../fixtures/cast';
import { show } from '../fixtures/page';

afterEach(() => {
  setLanguage('zh');
  setTextStep('18');
});

const onePage = async () => {
  const filling = await open('widgets');
  return { filling, page: show(filling, { mode: 'one-page' }) };
};

describe('text', () => {
  it('has its label, says that it may be left out, is told with its hint, and answers', async () => {
    const { filling, page } = await onePage();
    const input = page.input('/data/called');
    expect(page.at('/data/called').querySelector('label')?.textContent.trim()).toBe('怎么称呼 可不填');
    expect(page.at('/data/called').querySelector(`#${input.getAttribute('aria-describedby')}`)?.textContent).toBe(
      '写平时的叫法',
    );
    page.write('/data/called', '奶奶');
    expect(filling.get('/data/called')).toBe('奶奶');
  });

  it('says what does not fit when the box is left, not before, and ties the sentence to the box', async () => {
    const { page } = await onePage();
    const input = page.input('/data/called');
    input.focus();
    input.value = '一二三四五六七八九十十一';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(page.error('/data/called')).toBeUndefined();
    input.blur();
    expect(page.error('/data/called')).toBe('最多 10 个字');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = input
      .getAttribute('aria-describedby')!
      .split(' ')
      .map((id) => document.getElementById(id));
    expect(described.map((each) => each?.textContent.trim())).toEqual(['写平时的叫法', '最多 10 个字']);
    page.write('/data/called', '奶奶');
    expect(page.error('/data/called')).toBeUndefined();
    expect(input.getAttribute('aria-invalid')).toBeNull();
  });

  it('of several lines is a text area', async () => {
    const { filling, page } = await onePage();
    expect(page.input('/data/story').tagName).toBe('TEXTAREA');
    page.write('/data/story', '一\n二');
    expect(filling.get('/data/story')).toBe('一\n二');
  });

  it('shows a pasted text without its control characters', async () => {
    const { page } = await onePage();
    page.write('/data/called', '奶奶');
    page.write('/data/called', '奶奶\u0000\u0007');
    expect(page.input('/data/called').value).toBe('奶奶');
  });
});

describe('numbers', () => {
  it('bring the number pad and keep what was typed, however little of a number it is', async () => {
    const { filling, page } = await onePage();
    expect(page.input('/data/age').inputMode).toBe('numeric');
    expect(page.input('/data/glucose').inputMode).toBe('decimal');
    expect([page.input('/data/age').type, page.input('/data/glucose').type]).toEqual(['text', 'text']);
    page.write('/data/age', '12abc');
    expect([page.input('/data/age').value, filling.get('/data/age'), page.error('/data/age')]).toEqual([
      '12abc',
      '',
      '请只写数字，比如 12',
    ]);
    page.write('/data/age', '68');
    page.write('/data/glucose', '5.');
    expect([page.error('/data/age'), page.input('/data/glucose').value, filling.get('/data/glucose')]).toEqual([
      undefined,
      '5.',
      '5.0',
    ]);
  });

  it('switch their sign by a button where they may be below zero', async () => {
    const { filling, page } = await onePage();
    page.tap('挺好');
    expect(page.at('/data/age').querySelector('.round')).toBeNull();
    page.tap('换正负号', page.at('/data/care/temp'));
    expect([filling.get('/data/care/temp'), page.input('/data/care/temp').value]).toEqual(['-20', '-20']);
    page.tap('换正负号', page.at('/data/care/temp'));
    expect(filling.get('/data/care/temp')).toBe('20');
  });
});

describe('a day', () => {
  it('is not filled in by itself, is read out, and is judged by the form’s own words', async () => {
    const { filling, page } = await onePage();
    const input = page.input('/data/again');
    expect([input.type, input.value, input.min, input.max]).toEqual(['date', '', '', '']);
    page.write('/data/again', '2028-03-07');
    expect(filling.get('/data/again')).toBe('2028-03-07');
    expect(page.at('/data/again').querySelector('.said')?.textContent).toBe('2028年3月7日 星期二');
    page.write('/data/again', '2020-01-01');
    expect(page.error('/data/again')).toBe('选今天起的一天');
  });
});

describe('choices', () => {
  it('are the browser’s own radio buttons in a fieldset with its legend, none of them chosen', async () => {
    const { filling, page } = await onePage();
    const fieldset = page.at('/data/mood').querySelector('fieldset')!;
    expect(fieldset.querySelector('legend')?.textContent.trim()).toBe('人怎么样');
    const radios = [...fieldset.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map((each) => [each.value, each.checked])).toEqual([
      ['well', false],
      ['low', false],
      ['unwell', false],
    ]);
    page.tap('心情不好');
    expect([filling.get('/data/mood'), radios.filter((each) => each.checked).length]).toEqual(['low', 1]);
  });

  it('of several are check boxes, and the one that stands alone clears the others', async () => {
    const { filling, page } = await onePage();
    page.tap('洗衣');
    page.tap('做饭');
    expect(filling.get('/data/tasks')).toBe('meal wash');
    page.tap('没有');
    expect(filling.get('/data/tasks')).toBe('none');
    page.tap('做饭');
    expect(filling.get('/data/tasks')).toBe('meal');
    page.tap('做饭');
    expect(filling.get('/data/tasks')).toBe('');
    expect(page.error('/data/tasks')).toBeUndefined();
  });

  it('stand side by side only where each label is short enough at this letter size', async () => {
    const { page } = await onePage();
    const two = (path: string) => page.at(path).querySelector('.two') !== null;
    expect([two('/data/mood'), two('/data/tasks')]).toEqual([true, false]);
    setTextStep('22');
    expect(two('/data/mood')).toBe(false);
    setTextStep('18');
    setLanguage('en');
    expect(two('/data/mood')).toBe(false);
  });

  it('can be taken back where the answer may be left out', async () => {
    const { filling, page } = await onePage();
    page.tap('心情不好');
    expect(page.at('/data/mood').textContent).not.toContain('不选了');
    filling.set('/data/why', 'unwell');
    page.tap('不选了', page.at('/data/why'));
    expect(filling.get('/data/why')).toBe('');
  });
});

describe('a list that opens', () => {
  it('shows its choice in a box, and takes another one only when it is confirmed', async () => {
    const { filling, page } = await onePage();
    const box = page.at('/data/person').querySelector('button[role=combobox]')!;
    expect([box.textContent, box.getAttribute('aria-expanded')]).toEqual(['点这里选', 'false']);
    page.tap('点这里选');
    expect(box.getAttribute('aria-expanded')).toBe('true');
    page.tap('那淑清');
    page.tap('返回');
    expect(filling.get('/data/person')).toBe('');
    page.tap('点这里选');
    page.tap('那淑清');
    page.tap('就选这个');
    expect([filling.get('/data/person'), box.textContent, document.querySelector('dialog')]).toEqual([
      na,
      '那淑清',
      null,
    ]);
  });

  it('says its choice of now, in the language of now', async () => {
    const { filling, page } = await onePage();
    filling.set('/data/mood', 'low');
    filling.set('/data/why', 'low');
    const box = page.at('/data/why').querySelector('[role=combobox]')!;
    expect(box.textContent).toBe('心情不好');
    filling.set('/data/why', 'unwell');
    expect(box.textContent).toBe('身体不舒服');
    setLanguage('en');
    expect(box.textContent).toBe('Not feeling well');
  });

  it('says what does not fit as soon as it is chosen', async () => {
    const { page } = await onePage();
    page.tap('心情不好');
    page.tap('点这里选', page.at('/data/why'));
    page.tap('挺好', document.querySelector('dialog')!);
    page.tap('就选这个');
    expect(page.error('/data/why')).toBe('和上面不一样');
  });

  it('is searched by a few letters when it is long, and draws only some of it', async () => {
    const many = Array.from({ length: 90 }, (_, n) => ({ name: `n${n}`, label: `${n}号 张${n % 2 ? '三' : '四'}` }));
    const page = show(await open('widgets', { rows: [...people, ...many] }), { mode: 'one-page' });
    page.tap('点这里选');
    const dialog = document.querySelector('dialog')!;
    expect(dialog.querySelectorAll('.choice')).toHaveLength(40);
    expect(dialog.textContent).toContain('还有 52 个没显示');
    const search = dialog.querySelector<HTMLInputElement>('input[type=search]')!;
    const find = (letters: string) => {
      search.value = letters;
      search.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return [...dialog.querySelectorAll('.choice')].map((each) => each.textContent);
    };
    expect(find('朴')).toEqual(['朴顺姬']);
    expect(find('88号')).toEqual(['88号 张四']);
    expect(find('没有这人')).toEqual([]);
    expect(dialog.textContent).toContain('没有找到');
  });
});

describe('what is not asked', () => {
  it('is read (a note), heads its questions (a group), or is never shown (a calculation)', async () => {
    const { filling, page } = await onePage();
    filling.set('/data/called', '奶奶');
    expect(page.box.querySelector('.note')?.textContent).toBe('今天看望奶奶');
    expect([...page.box.querySelectorAll('h2')].map((each) => each.textContent)).toEqual([]);
    page.tap('心情不好');
    expect([...page.box.querySelectorAll('h2')].map((each) => each.textContent)).toEqual(['照料', '谈话']);
    expect(page.box.querySelector('[data-path="/data/score"]')).toBeNull();
  });

  it('and a kind of question that no widget draws says so instead of nothing', async () => {
    const filling = await open('fragile');
    filling.set('/data/word', '钟');
    const page = show(filling, { mode: 'one-page' });
    expect(page.at('/data/when').textContent).toBe('怎么走的这一题在手机上还不能填，请告诉队长');
  });

  it('and a question that is locked reads its answer', async () => {
    const filling = await open('fragile');
    const page = show(filling, { mode: 'one-page' });
    page.tap('不好');
    page.write('/data/word', '锁');
    expect(page.at('/data/mood').textContent).toBe('心情不好');
    expect(page.at('/data/mood').querySelector('input, button')).toBeNull();
    page.write('/data/word', '开');
    expect(page.at('/data/mood').querySelector<HTMLInputElement>('input:checked')?.value).toBe('low');
  });

  it('comes and goes with the answers, and keeps them', async () => {
    const { filling, page } = await onePage();
    page.tap('心情不好');
    page.write('/data/talk/words', '想家');
    page.tap('挺好', page.at('/data/mood'));
    expect(page.box.querySelector('[data-path="/data/talk/words"]')).toBeNull();
    page.tap('心情不好');
    expect(page.input('/data/talk/words').value).toBe('想家');
    expect(filling.get('/data/talk/words')).toBe('想家');
  });
});

describe('a switch of language', () => {
  it('changes every word, keeps every answer, and leaves the boxes where they are', async () => {
    const { page } = await onePage();
    page.write('/data/age', '5');
    page.tap('心情不好');
    const box = page.input('/data/age');
    const radio = page.at('/data/mood').querySelector('input:checked');
    setLanguage('en');
    expect(page.error('/data/age')).toBe('A number from 18 to 110');
    expect(page.at('/data/mood').textContent).toContain('In low spirits');
    expect(page.input('/data/age')).toBe(box);
    expect(box.value).toBe('5');
    expect(page.at('/data/mood').querySelector('input:checked')).toBe(radio);
    expect(page.at('/data/called').textContent).toContain('optional');
  });
});
