import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { kept, open } from '../fixtures/cast';
import { filesBut } from '../fixtures/files';
import { type Page, show } from '../fixtures/page';
import type { Filling } from '../filling';

/** jsdom has no object URLs: a file's name is its address here. */
beforeEach(() => {
  setLanguage('zh');
  let n = 0;
  URL.createObjectURL = (file: Blob | MediaSource) => `blob:${file instanceof File ? file.name : ''}#${n++}`;
  URL.revokeObjectURL = (url) => void givenBack.push(url);
  givenBack.length = 0;
});

const givenBack: string[] = [];

interface Shown {
  filling: Filling;
  page: Page;
}

async function onePage(...missing: readonly string[]): Promise<Shown> {
  const filling = await open('media', { files: filesBut(...missing) });
  const page = show(filling, { mode: 'one-page' });
  await page.rest();
  await page.rest();
  return { filling, page };
}

const sources = (within: ParentNode, what: string) =>
  [...within.querySelectorAll(what)].map((each) => (each.getAttribute('src') ?? '').replace(/^blob:|#.*/g, ''));

describe('files of a label', () => {
  it('stand with a note in the language that is read, and are told to a reader', async () => {
    const { page } = await onePage();
    const note = page.box.querySelector('.note-of')!;
    expect([sources(note, 'img'), sources(note, 'audio')]).toEqual([['wash-zh.png'], ['wash.wav']]);
    expect(note.querySelector('img')?.alt).toBe('图：先洗手');
    setLanguage('en');
    await page.rest();
    expect(sources(note, 'img')).toEqual(['wash-en.png']);
    expect(note.querySelector('img')?.alt).toBe('Picture: Wash your hands first');
  });

  it('play when she asks for it, never by themselves', async () => {
    const { page } = await onePage();
    expect(page.box.querySelectorAll('[autoplay]')).toHaveLength(0);
    expect(page.box.querySelector('.label-film')?.getAttribute('aria-label')).toBe('看：怎么翻身');
    expect(sources(page.box, 'video')).toEqual(['turn.mp4']);
  });

  it('grow large at a tap where there is a large one', async () => {
    const { page } = await onePage();
    page.tap('看大图：先洗手');
    await page.rest();
    await page.rest();
    expect(sources(document.querySelector('dialog')!, 'img')).toEqual(['wash-large.png']);
    page.tap('返回');
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('stand in the card of a choice, and what plays stands beside it', async () => {
    const { filling, page } = await onePage();
    const cards = [...page.at('/data/body/food').querySelectorAll('.choice-of')];
    expect(cards.map((each) => sources(each.querySelector('.choice')!, 'img'))).toEqual([
      ['rice.png'],
      ['porridge.png'],
    ]);
    expect(cards.map((each) => each.querySelector('.choice button, .choice audio'))).toEqual([null, null]);
    expect(cards.map((each) => sources(each, 'audio'))).toEqual([[], ['porridge.wav']]);
    page.tap('粥', cards[1]);
    expect(filling.get('/data/body/food')).toBe('porridge');
    page.tap('看大图：粥', cards[1]);
    await page.rest();
    await page.rest();
    expect(sources(document.querySelector('dialog')!, 'img')).toEqual(['porridge-large.png']);
    expect(filling.get('/data/body/food')).toBe('porridge');
  });

  it('that are not on this device leave a line, and the words', async () => {
    const { page } = await onePage('wash-zh.png', 'rice.png');
    const note = page.box.querySelector('.note-of')!;
    expect(note.textContent).toContain('图或声音不在这里');
    expect(note.textContent).toContain('先洗手');
    expect(page.at('/data/body/food').textContent).toContain('米饭');
  });

  it('are given back when the form is closed', async () => {
    const { filling, page } = await onePage();
    page.leave();
    filling.dispose();
    await page.rest();
    expect(givenBack).toContainEqual(expect.stringContaining('wash-zh.png'));
  });
});

describe('a longer hint', () => {
  it('stands behind a fold in the language that is read, and not in the hint', async () => {
    const { page } = await onePage();
    const fold = page.box.querySelector<HTMLDetailsElement>('.note-of .guidance')!;
    expect([fold.open, fold.querySelector('summary')?.textContent]).toEqual([false, '更多说明']);
    expect(fold.querySelector('p')?.textContent).toMatch(/^手心、手背/);
    expect(page.box.querySelector('.note .cap')?.textContent).toBe('二十秒');
    setLanguage('en');
    expect(fold.querySelector('p')?.textContent).toMatch(/^Palms/);
    expect(page.at('/data/body/food').querySelector('.guidance p')?.textContent).toBe('Soft food for bad teeth');
    expect(page.at('/data/body/ache').querySelector('.guidance')).toBeNull();
  });

  it('of a group stands with its heading, among others and on a page of its own', async () => {
    const long = (page: Page) => [...page.box.querySelectorAll('.guidance p')].map((each) => each.textContent);
    const { filling, page } = await onePage();
    expect(page.box.querySelector('h2.part ~ .guidance p')?.textContent).toBe('先问，再看，最后才碰。');
    page.leave();
    const steps = show(filling, { mode: 'question' });
    await steps.rest();
    expect(steps.box.querySelector('h2.ask')?.textContent).toBe('身上');
    expect(long(steps)).toContain('先问，再看，最后才碰。');
    setLanguage('en');
    await steps.rest();
    expect(long(steps)).toContain('Ask first, then look, touch last.');
  });
});

describe('choices on a drawing', () => {
  const areas = (page: Page) => [...page.at('/data/body/ache').querySelectorAll<SVGElement>('.area')];
  const on = (page: Page) => areas(page).map((each) => each.classList.contains('on'));
  const tap = (area: Element | undefined) => area?.dispatchEvent(new MouseEvent('click', { bubbles: true }));

  it('are chosen by a tap on a part, and marked there whichever way they were chosen', async () => {
    const { filling, page } = await onePage();
    await vi.waitFor(() => expect(areas(page)).toHaveLength(3)); // the drawing's file is read meanwhile
    expect(on(page)).toEqual([false, false, false]);
    tap(areas(page)[0]);
    tap(areas(page)[2]);
    expect(filling.get('/data/body/ache')).toBe('head knee');
    page.tap('肚子');
    expect(on(page)).toEqual([true, true, true]);
    tap(areas(page)[0]);
    expect(filling.get('/data/body/ache')).toBe('belly knee');
  });

  it('also stand as a list, which is what a keyboard and a reader meet', async () => {
    const { page } = await onePage();
    const question = page.at('/data/body/ache');
    expect(question.querySelector('.map-picture')?.getAttribute('aria-hidden')).toBe('true');
    expect(question.querySelectorAll('.map-picture button, .map-picture [tabindex]')).toHaveLength(0);
    expect(question.querySelectorAll('input[type=checkbox]')).toHaveLength(3);
    expect(sources(question, 'img')).toEqual(['body.svg']);
  });

  it('remain a list where the drawing is not on this device', async () => {
    const { filling, page } = await onePage('body.svg');
    expect(areas(page)).toHaveLength(0);
    page.tap('膝盖');
    expect(filling.get('/data/body/ache')).toBe('knee');
  });
});

describe('lists of the form’s own', () => {
  const options = (filling: Filling, path: string) =>
    filling.question(path)?.options.map(({ value, label }) => [value, label]);

  it('come from csv by the columns that the form names, filtered by an answer', async () => {
    const { filling } = await onePage();
    filling.set('/data/town', 'west');
    expect(options(filling, '/data/clinic')).toEqual([
      ['w1', '西镇卫生所 West clinic'],
      ['w2', '桥头，老李家 Bridge'],
    ]);
  });

  it('say their words in the language that is read', async () => {
    const { filling, page } = await onePage();
    page.tap('北片', page.at('/data/area'));
    setLanguage('en');
    await page.rest();
    expect(options(filling, '/data/area')).toEqual([
      ['north', 'North'],
      ['square', 'Square'],
    ]);
    expect(page.at('/data/area').textContent).toContain('North');
    expect(filling.get('/data/area')).toBe('north');
  });

  it('come from geojson and xml', async () => {
    const { filling } = await onePage();
    expect(options(filling, '/data/area')).toEqual([
      ['north', '北片'],
      ['square', '广场'],
    ]);
    filling.set('/data/goods', 'flour oil');
    expect(filling.get('/data/goods')).toBe('flour oil');
  });

  it('give their other columns to pulldata()', async () => {
    const { filling, page } = await onePage();
    filling.set('/data/town', 'west');
    filling.set('/data/clinic', 'w2');
    expect(page.box.textContent).toContain('电话 0433-2002');
  });

  it('of the sheet choices are narrowed by an answer', async () => {
    const { filling } = await onePage();
    filling.set('/data/town', 'west');
    expect(options(filling, '/data/village')?.map(([value]) => value)).toEqual(['stone', 'spring']);
    filling.set('/data/town', 'east');
    expect(options(filling, '/data/village')?.map(([value]) => value)).toEqual(['willow']);
  });

  it('grow with the rows of a repeat, whatever blanks are in a name', async () => {
    const { filling, page } = await onePage();
    filling.set('/data/guest[1]/called', 'Wang Wu');
    expect(options(filling, '/data/eldest')).toEqual([['Wang Wu', 'Wang Wu']]);
    page.tap('Wang Wu', page.at('/data/eldest'));
    expect(filling.get('/data/eldest')).toBe('Wang Wu');
    expect(page.at('/data/eldest').querySelector<HTMLInputElement>('input:checked')?.value).toBe('Wang Wu');
    const again = await open('media', { files: filesBut(), draft: kept(filling.draft()) });
    expect(again.get('/data/eldest')).toBe('Wang Wu');
  });

  it('that are not on this device keep the form closed, by name', async () => {
    await expect(open('media', { files: filesBut('clinics.csv') })).rejects.toMatchObject({ code: 'listMissing' });
  });
});
