import { render } from 'solid-js/web';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import type { FollowLine } from '../../api/types';
import { setLanguage } from '../../i18n';
import '../../i18n/areas/all';
import { Toasts, undoToast } from '../../ui';
import { type Follower, waysOf } from './following';
import { Follows, type FollowsProps } from './Follows';

let dispose: (() => void) | undefined;
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
  setLanguage('zh');
});

const SHAN = { user: 'u-shan', name: '单秀云' };
const GUAN = { user: 'u-guan', name: '关雅琴' };
const line = (more: Partial<FollowLine> = {}): FollowLine => ({
  entity: 'e1',
  list: 'people',
  label: '佟玉兰',
  state: 'active',
  made_here: true,
  gone: null,
  followers: [SHAN],
  members: [SHAN, GUAN],
  ...more,
});
const toNobody = (): FollowLine => line({ followers: [] });

function show(more: Partial<FollowsProps> = {}): FollowsProps['onFollow'] {
  const onFollow = more.onFollow ?? vi.fn(() => Promise.resolve(line({ followers: [GUAN] })));
  dispose = render(
    () => (
      <>
        <Follows follows={[line()]} decides {...more} onFollow={onFollow} />
        <Toasts />
      </>
    ),
    document.body,
  );
  return onFollow;
}
const box = () => document.querySelector('select')!;
const text = () => document.body.textContent;
function pick(value: string): void {
  box().value = value;
  box().dispatchEvent(new Event('change', { bubbles: true }));
}

test('whoever was registered has somebody who looks after her, and it is said that this was so from the beginning', () => {
  show();
  expect(document.querySelector('label')?.textContent).toBe('佟玉兰由谁跟进');
  expect(box().selectedOptions[0]?.textContent).toBe('单秀云');
  expect([...box().options].map(({ textContent }) => textContent)).toEqual([
    '单秀云',
    '关雅琴',
    '全队一起',
    '暂时没有人',
  ]);
  expect(text()).toContain('登记时就开始跟进了');
});

test('somebody else is chosen once, and it can be taken back', async () => {
  const onFollow = show();
  pick('u-guan');
  await vi.waitFor(() => expect(text()).toContain('佟玉兰以后由关雅琴跟进'));
  expect(onFollow).toHaveBeenCalledExactlyOnceWith('e1', { by: 'volunteer', user: 'u-guan' });
  expect(undoToast()).toBe(true);
  await vi.waitFor(() => expect(onFollow).toHaveBeenLastCalledWith('e1', { by: 'volunteer', user: 'u-shan' }));
});

test.each<[string, Follower]>([
  ['team', { by: 'team', user: null }],
  ['nobody', { by: 'nobody', user: null }],
])('she may be given to %s', async (value, follower) => {
  const onFollow = show({ onFollow: vi.fn(() => Promise.resolve(toNobody())) });
  pick(value);
  await vi.waitFor(() => expect(onFollow).toHaveBeenCalledExactlyOnceWith('e1', follower));
});

test('to choose what is so already changes nothing', () => {
  const onFollow = show();
  pick('u-shan');
  expect(onFollow).not.toHaveBeenCalled();
});

test('why it could not be is said beside it, and the choice stays what the county has', async () => {
  show({ onFollow: () => Promise.reject(new ApiProblem('not_found', 404, '没有找到', '请回到上一页再看。')) });
  pick('u-guan');
  await vi.waitFor(() => expect(text()).toContain('没有找到'));
  expect(box().value).toBe('u-shan');
});

test('several at once, or somebody who has left the team, stand there as they are and are not chosen anew', () => {
  const several = waysOf(line({ followers: [SHAN, GUAN] }));
  expect(several[0]).toEqual({ value: 'several', words: '单秀云、关雅琴', follower: null });
  const gone = waysOf(line({ followers: [{ user: 'u-old', name: '郭守义' }] }));
  expect(gone[0]).toEqual({ value: 'u-old', words: '郭守义', follower: null });
});

test('whoever is said to be gone is asked about while somebody looks after them', () => {
  show({ follows: [line({ gone: 'deceased' })] });
  expect(text()).toContain('这次记的是已经去世。核实以后选“暂时没有人”');
  dispose?.();
  document.body.replaceChildren();
  show({ follows: [line({ gone: 'moved', followers: [] })] });
  expect(text()).not.toContain('核实');
});

test('whoever does not decide reads it', () => {
  show({
    decides: false,
    follows: [line(), line({ entity: 'e2', label: 'TJ1104-2041', state: 'closed', followers: [] })],
  });
  expect(document.querySelector('select')).toBeNull();
  expect(text()).toContain('佟玉兰由单秀云跟进');
  expect(text()).toContain('TJ1104-2041暂时没有人跟进');
});
