/** What a volunteer reads and taps on each page; what she does comes back as plain values. */
import type { JSX } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import type { Stands } from '../model/right-word';
import type { PersonLine } from '../parts/PersonRow';
import { ShellContext } from '../parts/Screen';
import { UrgentSheet } from '../parts/UrgentSheet';
import { Choose } from './Choose';
import { Enrol } from './Enrol';
import { Home, type HomeView } from './Home';
import { Person, type PersonProps } from './Person';
import { Sent, type SentLine } from './Sent';

let dispose: () => void = () => undefined;
const show = (page: () => JSX.Element) => {
  const shell = { demo: () => true, onUrgent: () => undefined };
  const inShell = () => <ShellContext.Provider value={shell}>{page()}</ShellContext.Provider>;
  dispose = render(inShell, document.body);
};
afterEach(() => {
  dispose();
  document.body.innerHTML = '';
});

const text = (selector = 'body') => document.querySelector(selector)?.textContent ?? '';
const buttons = () => [...document.querySelectorAll<HTMLElement>('button, a')];
function tap(words: string): void {
  const found = buttons().find((each) => each.textContent.includes(words));
  if (found === undefined) throw new Error(`nothing says ${words}`);
  found.click();
}
const nothing = () => undefined;
const address = { community: '柳荫社区', compound: '柳堤平房', door: '17', yard: true };
const stands = (over: Partial<Stands>): Stands => ({
  state: 'due',
  lastSeenOn: '2026-11-23',
  lastSeenHow: 'phone',
  unseenDays: 1,
  triedToday: false,
  ...over,
});
const line = (id: string, name: string, over: Partial<Stands> | null = {}): PersonLine => ({
  id,
  href: `#${id}`,
  name,
  age: 82,
  address,
  stands: over === null ? null : stands(over),
  daily: true,
  locates: true,
  matter: false,
});

const home = (over: Partial<HomeView>) => () => {
  const view: HomeView = {
    today: '2026-11-24',
    people: [],
    returned: [],
    news: 0,
    where: { at: 'all' },
    fetched: true,
    offline: false,
    formsMissing: 0,
    ...over,
  };
  return <Home view={view} onPerson={nothing} onReturned={nothing} onSent={nothing} onNews={nothing} onNew={nothing} />;
};

test('today counts who is due and who is done, and says at the right why', () => {
  const people = [
    line('1', '朴顺姬', { state: 'overdue', lastSeenOn: '2026-11-22', unseenDays: 2 }),
    line('2', '李德全', { state: 'waiting', lastSeenOn: '2026-11-24', unseenDays: 0 }),
  ];
  show(home({ people }));
  expect(text('.group h2')).toBe('今天要联系 1 位');
  expect(text()).toContain('已联系 1 位');
  const [due, done] = [...document.querySelectorAll('ul.list')].map((each) => each.textContent);
  expect(due).toContain('朴顺姬82岁柳堤平房 17号');
  expect(due).toContain('昨天没联系上');
  expect(done).toContain('李德全');
  expect(done).toContain('等信号');
});

test('a list that has not come yet is not called empty', () => {
  show(home({ fetched: false, offline: true }));
  expect(text('main')).toContain('没有网，名单还没取到');
  expect(text('main')).not.toContain('还没有结对的人');
});

test.each([
  [{ formsMissing: 3 }, '还有 3 张表在路上，取齐了没有信号也能记。'],
  [{ formsMissing: 3, offline: true }, '还有 3 张表没取到，有网时自己取。'],
  [{ formsMissing: 0, offline: true }, ''],
])('as long as forms are missing it is said below the list, and what to wait for: %o', (over, words) => {
  show(home({ people: [line('1', '朴顺姬', { state: 'due', lastSeenOn: null, unseenDays: 0 })], ...over }));
  expect(document.querySelector('main > [role=status]')?.textContent ?? '').toBe(words);
});

test('a returned visit stands above everything, with who asked', () => {
  const asked = { visit: 'v', name: '曲凤英', form: '上门照料', by: '佟立岩', begun: false };
  show(home({ returned: [{ ...asked, places: 2, day: '11月26日' }] }));
  expect(text('main > :first-child')).toContain('请补一下曲凤英上门照料补 2 处，11月26日前去补');
  dispose();
  show(home({ returned: [{ ...asked, places: 0, day: null, begun: true }] }));
  expect(text('main > :first-child')).toContain('请补一下曲凤英上门照料佟立岩请您补一下接着补');
});

function door(over: Partial<PersonProps>) {
  const person = {
    name: '朴顺姬',
    age: 82,
    living: 'alone',
    sex: 'f',
    address,
    phone: '2797217',
    reach: null,
    week: null,
    missed: { days: 1 },
    last: null,
    today: '2026-11-24',
  };
  const notMet = [{ value: 'nobody', label: { zh: '敲门没人应', en: 'Nobody' } }];
  const props: PersonProps = {
    person,
    matter: false,
    ways: { at: 'doors', notMet, brief: null, more: [] },
    teams: [],
    team: null,
    drafts: [],
    done: null,
    when: <p />,
    trouble: null,
    onBack: nothing,
    onTeam: nothing,
    onDraft: nothing,
    onSlip: nothing,
    onDoor: nothing,
    onForm: nothing,
    mayGo: () => true,
    ...over,
  };
  return () => <Person {...props} />;
}

test('the three buttons are there, none is chosen, and 没见到 asks which before anything is recorded', () => {
  const onDoor = vi.fn();
  show(door({ onDoor }));
  expect([...document.querySelectorAll('.door .title')].map((each) => each.textContent)).toEqual([
    '已见到',
    '没见到',
    '电话联系',
  ]);
  expect(text('.who-card')).toContain('昨天没联系上，今天请先看她');
  tap('没见到');
  expect(onDoor).not.toHaveBeenCalled();
  tap('就选这个');
  expect(text('dialog')).toContain('先点一种');
  document.querySelector<HTMLInputElement>('dialog input')!.click();
  tap('就选这个');
  expect(onDoor).toHaveBeenCalledExactlyOnceWith({ at: 'not-met', answer: 'nobody' });
});

test('of her teams only the chosen one stands above the buttons, and one tap shows the others', () => {
  const onTeam = vi.fn();
  const teams = [...'一二三四五六七八九十'].map((n) => ({ id: n, name: { zh: `柳荫${n}队`, en: `Team ${n}` } }));
  show(door({ teams, team: '三', onTeam }));
  expect(text('main')).toContain('替柳荫三队记');
  expect(text('main')).not.toContain('柳荫四队');
  tap('换一个');
  expect(document.querySelectorAll('label.choice')).toHaveLength(10);
  document.querySelectorAll<HTMLInputElement>('label.choice input')[3]!.click();
  expect(onTeam).toHaveBeenCalledExactlyOnceWith('四');
  expect(text('main')).not.toContain('柳荫五队');
  dispose();
  show(door({ teams: teams.slice(0, 2), team: '一' }));
  expect(text('main')).toContain('替柳荫一队记');
  expect(document.querySelectorAll('label.choice')).toHaveLength(0);
});

test('while the times of a later record are missing, no button goes on', () => {
  const onDoor = vi.fn();
  show(door({ onDoor, mayGo: () => false }));
  tap('已见到');
  tap('没见到');
  expect(onDoor).not.toHaveBeenCalled();
  expect(document.querySelector('dialog')).toBeNull();
});

test('a telephone number is a call, also in an emergency without a network', () => {
  show(door({}));
  expect(buttons().map((each) => each.getAttribute('href'))).toContain('tel:2797217');
  dispose();
  show(() => <UrgentSheet dutyPhone="0453-0000000" onClose={nothing} />);
  const calls = buttons().map((each) => each.getAttribute('href'));
  expect(calls).toContain('tel:120');
  expect(calls).toContain('tel:0453-0000000');
});

test('what is done stands folded at the end, and a search opens it', () => {
  const closed = [{ ...line('9', 'TJ1104-2041', null), matter: true }, line('8', '范海涛', null)];
  const lists = { mine: [], others: [], closed, work: [], begin: [], empty: [] };
  const acts = { onLater: nothing, onPerson: nothing, onSent: nothing, onBack: nothing };
  const rest = { today: '2026-11-24', where: { at: 'all' }, trouble: null } as const;
  show(() => <Choose {...lists} {...acts} {...rest} mode="now" />);
  expect(text('main')).not.toContain('TJ1104-2041');
  tap('已办结的 2 件');
  expect(text('main')).toContain('TJ1104-2041');
  const icons = [...document.querySelectorAll('li use')].map((each) => each.getAttribute('href'));
  expect(icons).toEqual(['#file-text', '#user']);
  dispose();
  show(() => <Choose {...lists} {...acts} {...rest} mode="now" />);
  const search = document.querySelector<HTMLInputElement>('input[type=search]')!;
  search.value = '1104';
  search.dispatchEvent(new InputEvent('input', { bubbles: true }));
  expect(text('main')).toContain('TJ1104-2041');
  dispose();
  show(() => <Choose {...lists} {...acts} {...rest} mode="other" />);
  expect(text('main')).not.toContain('已办结');
});

test('a matter that is done says so, and a slip is mended where it was made', () => {
  const onSlip = vi.fn();
  show(door({ done: { slip: 'v7' }, onSlip }));
  expect(text('main')).toContain('已经办结，不再提醒您跟进');
  tap('点错了，还没办结');
  expect(onSlip).toHaveBeenCalledExactlyOnceWith('v7');
  dispose();
  show(door({ done: { slip: null } }));
  expect(text('main')).toContain('再记一次');
  expect(text('main')).not.toContain('点错了');
});

test('somebody is found by a part of the name or of the address', () => {
  const people = [line('1', '朴顺姬', null), line('2', '于　雪', null)];
  show(() => (
    <Choose
      mine={people}
      others={[]}
      work={[]}
      begin={[]}
      closed={[]}
      empty={[]}
      today="2026-11-24"
      where={{ at: 'all' }}
      mode="now"
      trouble={null}
      onLater={nothing}
      onPerson={nothing}
      onSent={nothing}
      onBack={nothing}
    />
  ));
  const search = document.querySelector<HTMLInputElement>('input[type=search]')!;
  const names = () => [...document.querySelectorAll('.name')].map((each) => each.textContent);
  const look = (words: string) => {
    search.value = words;
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  look('于雪');
  expect(names()).toEqual(['于　雪82岁']);
  look('平房');
  expect(names()).toHaveLength(2);
  look('没有的人');
  expect(text('main')).toContain('没有找到“没有的人”');
});

test('a code is taken as the hand types it, and what is missing is said', () => {
  const onCode = vi.fn();
  const shared = { language: 'zh', canScan: false, demo: false, scanner: null, busy: false, onCancel: null } as const;
  const acts = { others: [], onLanguage: nothing, onScan: nothing, onDemo: nothing, onEnrol: nothing };
  show(() => <Enrol {...shared} {...acts} code="" problem="还差 8 位" onCode={onCode} />);
  const box = document.querySelector<HTMLInputElement>('#code')!;
  box.value = 'ab cd-2';
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  expect(onCode).toHaveBeenCalledWith('ABCD2');
  expect(box.getAttribute('aria-describedby')).toContain('code-problem');
  expect(text('[role=alert]')).toContain('还差 8 位');
});

test('a draft says how far it is, is thrown away only after being asked, and can be had back', () => {
  const onDiscard = vi.fn();
  const onHaveBack = vi.fn();
  const draft: SentLine = {
    visit: 'v1',
    name: '区兆年',
    form: '每日联系',
    when: '8:42',
    chip: 'draft',
    reason: '填到一半',
    stands: '答了 5 题，共 12 题，停在：今天吃饭',
  };
  const view = {
    drafts: [draft],
    discarded: [{ ...draft, visit: 'v2' }],
    days: [],
    heard: null,
    bytes: null,
    today: null,
    busy: false,
    trouble: null,
  };
  const acts = { onBack: nothing, onSend: nothing, onGoOn: nothing, onDiscard, onHaveBack };
  show(() => <Sent view={view} {...acts} />);
  expect(text('.sent-row')).toContain('停在：今天吃饭');
  tap('不要了');
  expect(onDiscard).not.toHaveBeenCalled();
  tap('丢掉');
  expect(onDiscard).toHaveBeenCalledExactlyOnceWith('v1');
  tap('找回来');
  expect(onHaveBack).toHaveBeenCalledExactlyOnceWith('v2');
});
