import { describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { kept, open } from '../fixtures/cast';
import { show } from '../fixtures/page';

/** What a keyboard for Chinese sends. Chrome ends with input, then compositionend; Safari the other way round. */
function keyboard(input: HTMLInputElement) {
  const fire = (event: Event) => input.dispatchEvent(event);
  const put = (text: string, isComposing: boolean) => {
    input.value = text;
    fire(new InputEvent('input', { bubbles: true, isComposing }));
  };
  return {
    start: () => fire(new CompositionEvent('compositionstart', { bubbles: true })),
    put,
    end: () => fire(new CompositionEvent('compositionend', { bubbles: true })),
    enter: () =>
      fire(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true })),
  };
}

const typed = async (path: string) => {
  const filling = await open('widgets');
  const page = show(filling, { mode: 'one-page' });
  const input = page.input(path);
  input.focus();
  return { filling, page, input, keys: keyboard(input) };
};

describe('Chinese typing', () => {
  it('is no answer while it runs, but is in the draft at every letter', async () => {
    const { filling, page, input, keys } = await typed('/data/story');
    keys.start();
    for (const letters of ['t', 'tu', "tui'", "tui't", "tui'teng"]) {
      keys.put(letters, true);
      expect(input.value).toBe(letters);
      expect(filling.get('/data/story')).toBe('');
      expect(filling.draft().typed).toEqual([['/data/story', letters]]);
    }
    keys.put('腿疼', true);
    keys.end();
    await page.answered();
    expect([input.value, filling.get('/data/story'), filling.draft().typed]).toEqual(['腿疼', '腿疼', []]);
  });

  it('is heard once in whichever order the browser ends it', async () => {
    const { filling, page, input, keys } = await typed('/data/story');
    const heard = vi.spyOn(filling, 'set');
    keys.start();
    keys.put('zuo', true);
    input.value = '昨晚';
    keys.end();
    keys.put('昨晚', false);
    await page.answered();
    expect(heard).toHaveBeenCalledTimes(1);
    expect([input.value, filling.get('/data/story')]).toEqual(['昨晚', '昨晚']);
  });

  it('is never judged half-way, and the box is not touched', async () => {
    const { filling, page, input, keys } = await typed('/data/called');
    keys.start();
    keys.put("ni'ba'shi'er'ling'ling", true);
    expect(page.error('/data/called')).toBeUndefined();
    expect(filling.wrong(filling.question('/data/called')!)).toBeNull();
    setLanguage('en');
    setLanguage('zh');
    expect(input.value).toBe("ni'ba'shi'er'ling'ling");
    keys.put('奶奶', true);
    keys.end();
    input.blur();
    expect(page.error('/data/called')).toBeUndefined();
  });

  it('that a killed tab interrupted is there again', async () => {
    const { filling, keys } = await typed('/data/story');
    keys.put('昨晚', false);
    keys.start();
    keys.put('昨晚mei', true);
    const page = show(await open('widgets', { draft: kept(filling.draft()) }), { mode: 'one-page' });
    expect(page.input('/data/story').value).toBe('昨晚mei');
  });

  it('that is broken off by leaving the box is an answer', async () => {
    const { filling, input, keys } = await typed('/data/story');
    keys.start();
    keys.put('没睡hao', true);
    input.blur();
    expect(filling.get('/data/story')).toBe('没睡hao');
  });

  it('may write a number in full width, which stays in the box as it was written', async () => {
    const { filling, page, input, keys } = await typed('/data/age');
    keys.start();
    keys.put('６８', true);
    keys.end();
    input.blur();
    expect([input.value, filling.get('/data/age'), page.error('/data/age')]).toEqual(['６８', '68', undefined]);
  });

  it('confirms with Enter without going on', async () => {
    const filling = await open('widgets');
    const page = show(filling, { step: '/data/called' });
    const keys = keyboard(page.input('/data/called'));
    keys.start();
    keys.put('nai', true);
    keys.enter();
    expect(page.stepped).toEqual([]);
    keys.put('奶', true);
    keys.end();
    page
      .input('/data/called')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await page.rest();
    expect(page.stepped).toEqual(['/data/story']);
  });
});

describe('a key', () => {
  it('is in the draft at once, and an answer when it was painted', async () => {
    const { filling, page, keys } = await typed('/data/story');
    keys.put('昨', false);
    expect([filling.get('/data/story'), filling.draft().typed]).toEqual(['', [['/data/story', '昨']]]);
    keys.put('昨晚', false);
    await page.answered();
    expect([filling.get('/data/story'), filling.draft().typed]).toEqual(['昨晚', []]);
  });

  it('leaves the complaint about the text before where it is until then', async () => {
    const { page, input, keys } = await typed('/data/age');
    page.write('/data/age', '68a');
    const words = page.error('/data/age');
    expect(words).toBeDefined();
    input.focus();
    keys.put('68ab', false);
    expect(page.error('/data/age')).toBe(words);
    keys.put('68', false);
    await page.answered();
    expect(page.error('/data/age')).toBeUndefined();
  });

  it('is an answer when she leaves the box, however fast', async () => {
    const { filling, input, keys } = await typed('/data/story');
    keys.put('昨晚没睡好', false);
    input.blur();
    expect(filling.get('/data/story')).toBe('昨晚没睡好');
  });
});
