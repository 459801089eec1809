/** The queue against a server in a few lines: what a reviewer does, and what the list shows afterwards. */
import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { QueueItem } from '../../api/types';
import { undoToast } from '../../ui';
import type { ReturnBody } from '../returns/draft';
import { filterOf } from './filters';
import { createQueue, type Queue, whoCame } from './queue';

const visit = (id: string, name: string): QueueItem => ({
  visit: id,
  state: 'received',
  number: 1,
  revision: `${id}-r1`,
  subject_label: name,
  place_label: null,
  form: 'home-visit',
  form_title: { zh: '上门照料', en: 'Home care' },
  programme: 'day-care',
  team: 't1',
  team_name: { zh: '柳荫日间照料小队', en: 'Liuyin day care' },
  user_name: '单秀云',
  community_name: '柳荫社区',
  day: '2026-11-24',
  check_in_at: '2026-11-24T00:42:00.000Z',
  check_out_at: null,
  minutes: 49,
  received_at: '2026-11-24T01:48:00.000Z',
  flags: [],
  urgent: false,
  came_back: false,
  answers_note: null,
});

interface County {
  visits: QueueItem[];
  moved: Set<string>;
}
let county: County;

function answer(path: string, init: RequestInit): Response {
  const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
  const body = JSON.parse((init.body as string | undefined) ?? 'null') as {
    items?: { visit: string }[];
    kind?: 'approve' | 'return';
  } | null;
  const decide = (id: string, kind: 'approve' | 'return') => {
    county.visits.find((each) => each.visit === id)!.state = kind === 'approve' ? 'approved' : 'returned';
    return { id: `d-${id}`, visit: id, kind };
  };
  const one = /^\/api\/visits\/(\w+)\/decisions$/.exec(path)?.[1];
  if (one !== undefined) {
    if (county.moved.has(one))
      return json({ code: 'revision_moved', title: '刚来了新的一版', detail: '请看过再定。' }, 409);
    return json(decide(one, body?.kind ?? 'approve'), 201);
  }
  const undone = /^\/api\/decisions\/d-(\w+)\/undo$/.exec(path)?.[1];
  if (undone !== undefined) {
    county.visits.find((each) => each.visit === undone)!.state = 'received';
    return json({ id: 'u', visit: undone, kind: 'undo' }, 201);
  }
  if (path === '/api/desk/approvals') {
    const results = (body?.items ?? []).map(({ visit: id }) =>
      county.moved.has(id)
        ? { visit: id, decision: null, problem: { title: '刚来了新的一版', detail: '请看过再定。' } }
        : { visit: id, decision: decide(id, 'approve'), problem: null },
    );
    return json({ results });
  }
  const items = county.visits.filter((each) => each.state === 'received');
  return json({
    items,
    next: null,
    counts: { received: items.length, flagged: 0, returned_back: 0, two_versions: 0, returned: 0, approved: 0 },
  });
}

let dispose: () => void;
async function sit(open: string | null): Promise<{ queue: Queue; at: () => string | null }> {
  const seat = createRoot((end) => {
    dispose = end;
    const [at, setAt] = createSignal(open);
    return { queue: createQueue(() => filterOf({}), at, setAt), at };
  });
  await vi.waitFor(() => expect(seat.queue.items()).not.toHaveLength(0));
  return seat;
}
const names = (queue: Queue) => queue.items().map((item) => item.subject_label);

beforeEach(() => {
  county = { visits: [visit('a', '朴顺姬'), visit('b', '曲凤英'), visit('c', '李德全')], moved: new Set() };
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => Promise.resolve(answer(path.split('?')[0]!, init)));
});
afterEach(() => {
  dispose();
  vi.unstubAllGlobals();
});

test('an approved visit leaves the list and the next one opens', async () => {
  const { queue, at } = await sit('b');
  await queue.approve(queue.items()[1]!);
  expect(names(queue)).toEqual(['朴顺姬', '李德全']);
  expect(at()).toBe('c');
});

test('after the last of the list the one before it opens, after the only one none', async () => {
  const { queue, at } = await sit('c');
  await queue.approve(queue.items()[2]!);
  expect(at()).toBe('b');
  await queue.approve(queue.items()[1]!);
  await queue.approve(queue.items()[0]!);
  expect(at()).toBeNull();
});

test('undo brings the visit back and opens it', async () => {
  const { queue, at } = await sit('a');
  await queue.approve(queue.items()[0]!);
  expect(undoToast()).toBe(true);
  await vi.waitFor(() => expect(names(queue)).toContain('朴顺姬'));
  expect(at()).toBe('a');
});

const asking: ReturnBody = { kind: 'return', words: '请看一下', by_day: null, comments: [] };

test('a visit that is sent back leaves the list, and taking it back brings visit and words again', async () => {
  const { queue, at } = await sit('b');
  const putBack = vi.fn();
  expect(await queue.giveBack(queue.items()[1]!, asking, putBack)).toBeNull();
  expect(names(queue)).toEqual(['朴顺姬', '李德全']);
  expect(at()).toBe('c');
  expect(undoToast()).toBe(true);
  expect(putBack).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(names(queue)).toContain('曲凤英'));
  expect(at()).toBe('b');
});

test('what stands in the way of sending back is the dialog’s to say, and the visit stays open', async () => {
  county.moved.add('b');
  const { queue, at } = await sit('b');
  expect(await queue.giveBack(queue.items()[1]!, asking, vi.fn())).toMatchObject({ code: 'revision_moved' });
  expect(queue.problem()).toBeNull();
  expect(at()).toBe('b');
  expect(queue.busy()).toBe(false);
});

test('of several ticked ones each is settled on its own, and what stays is said with its reason', async () => {
  county.moved.add('b');
  const { queue } = await sit('a');
  queue.tickAll(true);
  await queue.approveTicked();
  expect(names(queue)).toEqual(['曲凤英']);
  expect(queue.problem()?.title).toBe('有 1 条没有通过：刚来了新的一版。');
  expect([...queue.ticked()]).toEqual(['b']);
});

test('a newer version that came meanwhile stands in the way, in words, and nothing is approved', async () => {
  county.moved.add('a');
  const { queue, at } = await sit('a');
  await queue.approve(queue.items()[0]!);
  expect(queue.problem()).toMatchObject({ code: 'revision_moved', next: '请看过再定。' });
  expect(names(queue)).toHaveLength(3);
  expect(at()).toBe('a');
});

test('steps go along the list and stop at its ends', async () => {
  const { queue, at } = await sit('a');
  queue.step(-1);
  expect(at()).toBe('a');
  queue.step(1);
  queue.step(1);
  queue.step(1);
  expect(at()).toBe('c');
});

test('whoever came by name is named, whoever came without one is counted, and all are summed once', () => {
  const came = (name: string) => ({ name, came_at: '', left_at: null });
  const visit = { user_name: '单秀云', participants: [came('单秀云')], helpers_unnamed: 0 };
  expect(whoCame(visit)).toBe('单秀云');
  expect(
    whoCame({ ...visit, participants: [came('单秀云'), came('郭守义'), came('姚晓桦')], helpers_unnamed: 22 }),
  ).toBe('单秀云、郭守义、姚晓桦，还有 22 位帮手，共 25 人');
});
