import { afterEach, expect, it, vi } from 'vitest';
import { na, open } from './fixtures/cast';
import { show } from './fixtures/page';
import { isQuestion, walk } from './model';
import { inWords } from './widgets/widget';

afterEach(() => vi.unstubAllGlobals());

async function atTheEnd() {
  const filling = await open('widgets');
  filling.set('/data/person', na);
  filling.set('/data/mood', 'well');
  filling.set('/data/tasks', 'none meal');
  const page = show(filling, { step: '/data/care' });
  await page.rest();
  const lines = () => [...page.box.querySelectorAll('.summary li')].map((line) => line.textContent.trim());
  return { filling, page, lines };
}

it('before she finishes every answer stands in a line, and what is missing is said there', async () => {
  const { filling, lines } = await atTheEnd();
  const asked = [...walk(filling.root)].filter(isQuestion).filter((each) => each.relevant);
  expect(lines()).toHaveLength(asked.length);
  expect(lines()).toContain('看望谁那淑清');
  expect(lines()).toContain('做了哪些选了"没有"就不能再选别的');
});

it('a tap goes to the question, and one more goes back to the end', async () => {
  const { filling, page, lines } = await atTheEnd();
  const line = [...page.box.querySelectorAll<HTMLElement>('.summary button')].find((each) =>
    each.textContent.includes('做了哪些'),
  );
  line!.click();
  await page.rest();
  expect(page.headings()[0]).toContain('做了哪些');
  expect(page.at('/data/tasks').contains(document.activeElement)).toBe(true);
  filling.set('/data/tasks', 'none');
  page.tap('看好了，回到最后');
  await page.rest();
  expect(lines().find((line) => line.startsWith('做了哪些'))).toBe(
    `做了哪些${inWords(filling.question('/data/tasks')!)}`,
  );
});

/** Says that it sees what it watches when the test tells it to. */
class Screen {
  static seen: (() => void)[] = [];
  constructor(private readonly told: (entries: { isIntersecting: boolean }[]) => void) {}
  observe() {
    Screen.seen.push(() => this.told([{ isIntersecting: true }]));
  }
  disconnect() {
    Screen.seen = [];
  }
}

it('a long page is drawn as far as she scrolls', async () => {
  vi.stubGlobal('IntersectionObserver', Screen);
  const filling = await open('care');
  filling.set('/data/person', na);
  filling.set('/data/door', 'opened');
  const page = show(filling, { mode: 'one-page' });
  const drawn = () => page.box.querySelectorAll('.asked').length;
  const all = [...walk(filling.root)].filter(isQuestion).filter((each) => each.relevant).length;
  expect(drawn()).toBeLessThan(all);
  Screen.seen.at(-1)!();
  expect(drawn()).toBeGreaterThan(10);
});
