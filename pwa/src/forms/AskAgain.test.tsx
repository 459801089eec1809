import axe from 'axe-core';
import { createSignal, For } from 'solid-js';
import { createStore } from 'solid-js/store';
import { render } from 'solid-js/web';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { setLanguage } from '../i18n';
import { undoToast } from '../ui';
import { AskAgain, asksBesides, type Said, wanting } from './AskAgain';
import { closure } from './closure';
import type { Filling } from './filling';
import { forms, na, open } from './fixtures/cast';
import { hostOf, type TestHost } from './fixtures/host';
import { createJudge } from './judge';

afterEach(() => setLanguage('zh'));

const A = 'a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const B = 'b1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const HAZARD = '/data/care/hazard';
const PHOTO = '/data/hazard_photo';
const ROOM = '/data/care/room_temp';

let sent = '';

/** Sends the visit that the county then asks about. */
async function send(): Promise<void> {
  const filling = await open('care');
  for (const [path, text] of [
    ['/data/person', na],
    ['/data/door', 'opened'],
    ['/data/care/tasks', 'meal stove'],
    ['/data/care/ate', 'little'],
    ['/data/care/medicine', 'taken'],
    [HAZARD, 'stove'],
    [ROOM, '2'],
    ['/data/wellbeing', 'well'],
    [PHOTO, A],
  ] as const) {
    filling.set(path, text);
  }
  const finished = await filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  filling.dispose();
  sent = finished.xml;
}

beforeAll(send);

const returned = (asked: readonly string[]): Promise<Filling> =>
  open('care', { edit: { xml: sent }, open: closure(forms.care, asked) });

interface Correction {
  box: HTMLElement;
  filling: Filling;
  said(path: string): Said | null;
  card(path: string): HTMLElement;
  tap(words: string, path: string): void;
  /** Types, and leaves the box. */
  write(path: string, text: string): void;
  handBack(): void;
}

/** The page of a correction as far as it matters here: it keeps the answers and asks what is wanting. */
async function correct(asked: readonly string[], host: TestHost = hostOf()): Promise<Correction> {
  const filling = await returned(asked);
  const [answers, setAnswers] = createStore<Record<string, { said: Said | null; reason: string }>>(
    Object.fromEntries(asked.map((path) => [path, { said: null, reason: '' }])),
  );
  const [asking, setAsking] = createSignal(false);
  const box = document.body.appendChild(document.createElement('div'));
  const dispose = render(() => {
    const judge = createJudge(() => filling);
    const besides = () => asksBesides(filling, asked);
    return (
      <For each={asked}>
        {(path, index) => (
          <AskAgain
            filling={filling}
            judge={judge}
            n={index() + 1}
            path={path}
            words="请再看一下"
            attachments={host}
            said={answers[path]!.said}
            reason={answers[path]!.reason}
            error={asking() ? wanting(filling, path, answers[path]!.said, answers[path]!.reason) : undefined}
            also={besides().under.get(path) ?? []}
            onSaid={(said) => setAnswers(path, 'said', said)}
            onReason={(reason) => setAnswers(path, 'reason', reason)}
          />
        )}
      </For>
    );
  }, box);
  onTestFinished(() => {
    dispose();
    box.remove();
  });
  const card = (path: string) => box.querySelectorAll<HTMLElement>('.again')[asked.indexOf(path)]!;
  return {
    box,
    filling,
    said: (path) => answers[path]!.said,
    card,
    tap(words, path) {
      const things = [...card(path).querySelectorAll<HTMLElement>('button, label.choice, label.segment')];
      things.find((each) => each.textContent.trim() === words)!.click();
    },
    write(path, text) {
      const input = box.querySelector<HTMLInputElement>(`[data-path="${path}"] input`)!;
      input.focus();
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.blur();
    },
    handBack: () => setAsking(true),
  };
}

const chosen = (card: HTMLElement) => card.querySelector<HTMLInputElement>('.segment input:checked')?.value ?? null;
const errors = (card: HTMLElement) => [...card.querySelectorAll('.emsg')].map((each) => each.textContent.trim());

describe('a question that the county asks about', () => {
  it('shows its number and name, the reviewer’s words, and the answer that was sent, with nothing chosen', async () => {
    const page = await correct([ROOM]);
    expect(page.card(ROOM).querySelector('h2')?.textContent).toBe('1屋里多少度（供暖期）');
    expect(page.card(ROOM).querySelector('.words')?.textContent).toBe('请再看一下');
    expect(page.card(ROOM).querySelector<HTMLInputElement>('[data-path] input')?.value).toBe('2');
    expect([chosen(page.card(ROOM)), page.card(ROOM).querySelector('.was')]).toEqual([null, null]);
  });

  it('stands with its name once for the eye, and with its box for a reader; what follows from it keeps its own', async () => {
    const need = '/data/need';
    const page = await correct([need]);
    page.tap('请别人帮忙', need);
    const label = (path: string) => page.card(need).querySelector(`[data-path="${path}"] .label > span`);
    expect(label(need)?.textContent).toBe(page.card(need).querySelector('h2')?.textContent.slice(1));
    expect(label(need)?.classList).toContain('hidden');
    expect(label('/data/need_to')?.classList).not.toContain('hidden');
  });

  it('a change shows what was there before, and says by itself that it was changed', async () => {
    const page = await correct([ROOM]);
    page.write(ROOM, '20');
    expect(page.card(ROOM).querySelector('.box .was')?.textContent).toBe('原来：2');
    expect([page.said(ROOM), chosen(page.card(ROOM))]).toEqual(['changed', 'changed']);
    page.write(ROOM, '2');
    expect([page.said(ROOM), page.card(ROOM).querySelector('.was')]).toEqual([null, null]);
  });

  it('that was right after all is as it was sent again, with a reason; the change can be taken back', async () => {
    const page = await correct([ROOM]);
    page.write(ROOM, '20');
    page.tap('原来就对', ROOM);
    expect([page.filling.get(ROOM), page.said(ROOM)]).toEqual(['2', 'right']);
    expect(page.card(ROOM).textContent).toContain('为什么原来就对');
    undoToast();
    expect([page.filling.get(ROOM), page.said(ROOM)]).toEqual(['20', 'changed']);
  });

  it('says what is still lacking: an answer, a change, a reason', async () => {
    const page = await correct([ROOM]);
    page.handBack();
    expect(errors(page.card(ROOM))).toEqual(['请选一个：已改、原来就对、改不了']);
    page.tap('已改', ROOM);
    expect(errors(page.card(ROOM))).toEqual(['还和原来一样。请改一下，或选“原来就对”']);
    page.tap('改不了', ROOM);
    expect(errors(page.card(ROOM))).toEqual(['请写一句为什么']);
    const reason = [...page.card(ROOM).querySelectorAll<HTMLInputElement>('.field input')].at(-1)!;
    reason.value = '已经回不去了';
    reason.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(errors(page.card(ROOM))).toEqual([]);
  });

  it('strikes an old choice through below the choices', async () => {
    const page = await correct(['/data/care/ate']);
    page.tap('吃得好', '/data/care/ate');
    expect(page.card('/data/care/ate').querySelector('.before')?.textContent).toBe('原来：吃得少');
  });

  it('of a photo puts the one that was sent beside the new one', async () => {
    const host = hostOf();
    host.put(A, { kept: true });
    const page = await correct([PHOTO], host);
    const tiles = () => [...page.card(PHOTO).querySelectorAll('.tile')].map((each) => each.textContent);
    expect(tiles()).toEqual(['原来的看大图']);
    host.next.push(B);
    page.tap('重拍', PHOTO);
    await new Promise((resolve) => setTimeout(resolve));
    expect(tiles()).toEqual(['原来的看大图', '刚拍的看大图', '再拍']);
    expect([page.said(PHOTO), page.filling.get(PHOTO)]).toEqual(['changed', B]);
  });

  it('asks below it for what its change opens, and not twice', async () => {
    const need = '/data/need';
    const page = await correct([need, '/data/wellbeing']);
    page.tap('让人放心不下', '/data/wellbeing');
    page.tap('请别人帮忙', need);
    const also = (path: string) =>
      [...page.card(path).querySelectorAll<HTMLElement>('.also [data-path]')].map((each) => each.dataset.path);
    expect([also(need), also('/data/wellbeing')]).toEqual([['/data/need_to'], []]);
    expect(page.card(need).querySelector('.also')?.textContent).toContain('这么一改，这几处也要填');
  });

  it('that is not asked any more says so', async () => {
    const page = await correct([HAZARD, PHOTO]);
    page.tap('没有', HAZARD);
    expect(page.card(PHOTO).textContent).toContain('这一题现在不用填了');
    expect(page.said(PHOTO)).toBe('changed');
    page.tap('改不了', PHOTO);
    page.tap('炉子煤气', HAZARD);
    page.tap('没有', HAZARD);
    page.tap('改不了', PHOTO);
    page.filling.set('/data/note', '别处写一句');
    expect(page.said(PHOTO)).toBe('cannot');
  });
});

it('what opening alone made unfit stands apart from what was asked about', async () => {
  const filling = await returned([ROOM]);
  const xml = filling
    .draft()
    .xml.replace('<need>none</need>', '<need>revisit</need><revisit_on>2026-11-20</revisit_on>');
  const again = await open('care', { edit: { xml }, open: [ROOM] });
  const { under, apart } = asksBesides(again, [ROOM]);
  expect([[...under], apart.map((each) => each.path)]).toEqual([[[ROOM, []]], ['/data/revisit_on']]);
});

it.each(['zh', 'en'] as const)('a screen reader finds nothing amiss in %s', async (language) => {
  setLanguage(language);
  const host = hostOf(B);
  host.put(A, { kept: true });
  const page = await correct([PHOTO, ROOM, HAZARD], host);
  page.filling.set(PHOTO, B);
  page.write(ROOM, '20');
  page.tap(language === 'zh' ? '原来就对' : 'Was right', HAZARD);
  page.handBack();
  const off = { enabled: false };
  const rules = { 'color-contrast': off, region: off, 'label-content-name-mismatch': off };
  const { violations } = await axe.run(page.box, { rules });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
});
