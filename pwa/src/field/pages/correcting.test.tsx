/** The correction page over a real session: what must be said before it goes back, and what is kept meanwhile. */
import { render } from 'solid-js/web';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { warm } from '../../forms';
import { setLanguage } from '../../i18n';
import type { Store } from '../../store';
import { closeAll } from '../../store/testing/phone';
import type { Session } from '../visit/session';
import { opened, phoneWithForm, returned, sentOps, sentVisit } from '../visit/testing/sent-visit';
import { Correcting } from './Correcting';

let store: Store;
let session: Session;
let dispose: () => void = () => undefined;
const onFinish = vi.fn<() => Promise<void>>(() => Promise.resolve());

beforeAll(async () => {
  await warm();
}, 60_000);
beforeEach(async () => {
  setLanguage('zh');
  onFinish.mockClear();
  store = await phoneWithForm();
  const visit = await sentVisit(store);
  await returned(store, visit);
  await store.beginCorrection(visit);
  session = await opened(store, visit);
});
afterEach(() => {
  dispose();
  session.close();
  closeAll();
  document.body.innerHTML = '';
});

function show(over = false): void {
  const about = { name: '朴顺姬', what: '11月24日 每日联系', by: '佟立岩', day: '11月26日', words: null } as const;
  dispose = render(
    () => <Correcting session={session} {...about} over={over} onBack={() => undefined} onFinish={onFinish} />,
    document.body,
  );
}
const text = (selector = 'body') => document.querySelector(selector)?.textContent ?? '';
const hand = () => document.querySelector<HTMLElement>('.dock .btn.main')!.click();
const say = (said: string) => document.querySelector<HTMLInputElement>(`.again input[value="${said}"]`)!.click();

test('who asks, how many places, until when; the words stand above the answer, and the rest cannot be changed', () => {
  show();
  expect(text('.asked-line')).toBe('佟立岩请您补 1 处，11月26日前。别的不用动。');
  expect(text('.again')).toContain('真的都好吗？');
  expect(document.querySelectorAll('.again')).toHaveLength(1);
  expect(document.querySelector('main')!.textContent).not.toContain('朴顺姬');
  [...document.querySelectorAll('button')].find((each) => each.textContent.includes('看全部'))!.click();
  expect(text('.read-only')).toContain('朴顺姬');
  expect(document.querySelectorAll('.read-only input, .read-only textarea')).toHaveLength(0);
});

test('it does not go back before each place has an answer; what is missing is said there, kindly', async () => {
  show();
  hand();
  await vi.waitFor(() => expect(text('.again')).toContain('请选一个'));
  expect(text('.dock')).toContain('还有 1 处');
  say('changed');
  await vi.waitFor(() => expect(text('.again')).toContain('还和原来一样'));
  hand();
  expect(onFinish).not.toHaveBeenCalled();
});

test('an answer that stays needs a word why, and then it goes back', async () => {
  show();
  say('right');
  hand();
  await vi.waitFor(() => expect(text('.again')).toContain('请写一句为什么'));
  const why = document.querySelector<HTMLInputElement>('.again input[maxlength]')!;
  why.value = '她亲口说的';
  why.dispatchEvent(new InputEvent('input', { bubbles: true }));
  expect(document.querySelector('.again input[maxlength]')).toBe(why); // her box is still the one she writes in
  hand();
  await vi.waitFor(() => expect(onFinish).toHaveBeenCalledOnce());
  expect(session.correction()?.answers).toMatchObject([{ said: 'right', reason: '她亲口说的' }]);
});

test('a change says by itself that it is one', async () => {
  show();
  session.filling.set('/data/wellbeing', 'low');
  await vi.waitFor(() => expect(session.correction()?.answers).toMatchObject([{ said: 'changed' }]));
  hand();
  await vi.waitFor(() => expect(onFinish).toHaveBeenCalledOnce());
  expect(await sentOps(store)).toEqual([]); // the page hands over; the session sends
});

test('when the county has dealt with it meanwhile, that is said first', () => {
  show(true);
  expect(text('.asked-line')).toBe('县里已经处理过了，这条不用补了。');
});
