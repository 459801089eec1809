/** Where the team is and who is there, as she reads and taps it. */
import axe from 'axe-core';
import type { JSX } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { Choose } from './Choose';
import { Places, type PlacesProps } from './Places';
import { Together, type TogetherProps } from './Together';

let dispose: () => void = () => undefined;
const show = (page: () => JSX.Element) => {
  dispose = render(page, document.body);
};
beforeEach(() => setLanguage('zh'));
afterEach(() => {
  dispose();
  document.body.innerHTML = '';
});

const nothing = () => undefined;
const text = (selector = 'body') => document.querySelector(selector)?.textContent ?? '';
const tap = (words: string) => {
  const all = [...document.querySelectorAll<HTMLElement>('button, a, label.choice')];
  const found = all.find((each) => each.textContent.includes(words) || each.getAttribute('aria-label') === words);
  if (found === undefined) throw new Error(`nothing says ${words}`);
  found.click();
};
const type = (selector: string, words: string) => {
  const box = document.querySelector<HTMLInputElement>(selector)!;
  box.value = words;
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
};
const rules = { 'color-contrast': { enabled: false } }; // without a layout there are no colours
const violations = async () => (await axe.run(document.body, { rules })).violations.map(({ id }) => id);

const PLACES = [
  { id: 'a', name: '垂柳家园', community: '柳荫社区', unsent: false },
  { id: 'b', name: '柳荫广场', community: '柳荫社区', unsent: false },
];
const places = (over: Partial<PlacesProps> = {}) => {
  const props: PlacesProps = {
    work: '清理小广告',
    places: PLACES,
    other: false,
    trouble: null,
    onPlace: nothing,
    onBack: nothing,
    ...over,
  };
  return () => <Places {...props} />;
};

const COMPANIONS = [
  { user: 'me', name: '单秀云', me: true },
  { user: 'guo', name: '郭守义', me: false },
  { user: 'yao', name: '姚晓桦', me: false },
];
const together = (over: Partial<TogetherProps> = {}) => {
  const props: TogetherProps = {
    where: '垂柳家园',
    work: '清理小广告',
    companions: COMPANIONS,
    came: ['me'],
    helpers: 0,
    again: false,
    checkedIn: '08:42',
    trouble: null,
    onDone: nothing,
    onBack: nothing,
    ...over,
  };
  return () => <Together {...props} />;
};

test('a place is found by a part of its name, and the tap on it is said to be the check-in', () => {
  const onPlace = vi.fn();
  show(places({ onPlace }));
  expect(text('main')).toContain('点一下就是签到');
  type('input[type=search]', '广场');
  expect([...document.querySelectorAll('.name')].map((each) => each.textContent)).toEqual(['柳荫广场']);
  tap('柳荫广场');
  expect(onPlace).toHaveBeenCalledWith('b');
  type('input[type=search]', '没有的');
  expect(text('main')).toContain('没有叫“没有的”的地点');
});

test('without a place there is a way on, and another place is no check-in', () => {
  show(places({ places: [] }));
  expect(text('main')).toContain('请社区登记以后再来');
  dispose();
  show(places({ other: true }));
  expect(text('main')).not.toContain('签到');
});

test('she is there; others are ticked; helpers are only counted; the sum stands at the button', () => {
  const onDone = vi.fn();
  show(together({ onDone }));
  expect(text('.together')).toContain('一共 1 人');
  tap('郭守义');
  tap('多一位');
  tap('多一位');
  tap('少一位');
  type('fieldset + .field input', '22');
  expect(text('.together')).toContain('一共 24 人');
  tap('接着填表');
  expect(onDone).toHaveBeenCalledWith(['me', 'guo'], 22);
});

test('a number that cannot be is asked for again in words, and an empty box is nobody', () => {
  const onDone = vi.fn();
  show(together({ onDone, helpers: 3 }));
  type('fieldset + .field input', '两个');
  tap('接着填表');
  expect(text('.emsg')).toContain('请填 0 到 199 之间的数');
  expect(onDone).not.toHaveBeenCalled();
  type('fieldset + .field input', '');
  tap('接着填表');
  expect(onDone).toHaveBeenCalledWith(['me'], 0);
});

test('what the team does stands beside the people', () => {
  const team = '柳荫小广告清理小队';
  const work = [{ href: '/place/flyer-cleanup?team=t', name: '清理小广告', icon: 'users', team }] as const;
  const shared = {
    mine: [],
    others: [],
    closed: [],
    begin: [],
    empty: [],
    today: '2026-11-24',
    where: { at: 'all' },
    trouble: null,
  } as const;
  const acts = { onLater: nothing, onPerson: nothing, onSent: nothing, onBack: nothing };
  show(() => <Choose {...shared} {...acts} mode="now" work={work} />);
  expect(text('main')).toContain('小队的活动');
  expect(text('main')).not.toContain('还没有');
  expect(document.querySelector('main a')?.getAttribute('href')).toBe('/place/flyer-cleanup?team=t');
});

test('what is begun with nobody chosen has its own group, and an empty list says who adds somebody', () => {
  const begin = [
    { href: '/begin/rights-case?team=t', name: '维权求助', icon: 'plus', team: '妇女儿童维权小队' },
  ] as const;
  const empty = [
    { team: '社区矫正小队', addedBy: 'supervisor' },
    { team: '妇女儿童维权小队', addedBy: 'volunteer' },
  ] as const;
  const nobody = { mine: [], others: [], closed: [], work: [] } as const;
  const shared = { ...nobody, today: '2026-11-24', where: { at: 'all' }, trouble: null } as const;
  const acts = { onLater: nothing, onPerson: nothing, onSent: nothing, onBack: nothing };
  show(() => <Choose {...shared} {...acts} mode="now" begin={begin} empty={empty} />);
  expect(text('main')).toContain('登记和新事项');
  expect(document.querySelector('main a')?.getAttribute('href')).toBe('/begin/rights-case?team=t');
  expect(text('main')).toContain('社区矫正小队：名单上还没有人，由督导加进来');
  expect(text('main')).toContain('妇女儿童维权小队：名单上还没有人，点上面就能新开一个');
});

test('a place that was written down on this phone is among them, and says that it was not sent yet', () => {
  const onPlace = vi.fn();
  show(
    places({ places: [...PLACES, { id: 'n', name: '柳荫二区宣传栏', community: '柳荫社区', unsent: true }], onPlace }),
  );
  expect(text('main')).toContain('柳荫二区宣传栏柳荫社区本机新登记，还没送到');
  expect(text('main').match(/还没送到/g)).toHaveLength(1);
  tap('柳荫二区宣传栏');
  expect(onPlace).toHaveBeenCalledExactlyOnceWith('n');
});

test.each(['zh', 'en'] as const)('both pages can be read out, in %s', async (language) => {
  setLanguage(language);
  show(places());
  expect(await violations()).toEqual([]);
  dispose();
  show(together());
  expect(await violations()).toEqual([]);
});
