import { describe, expect, it, vi } from 'vitest';
import type { Draft } from './draft';
import type { Filling } from './filling';
import { kept, open } from './fixtures/cast';
import { type Plan, xformOf } from './fixtures/generated';
import { show } from './fixtures/page';
import { type Repeat, type Row, walk } from './model';
import { openForm } from './open';

const TOLD = { back: 0, when: 'always', required: 'no', begins: 'blank', locked: false, checked: false } as const;
const ITEM = { ...TOLD, formula: 'join', filtered: false, items: [] } as const;
const formOf = (plan: Plan) => {
  const xform = xformOf(plan);
  const lists = (name: string) => Promise.reject(new Error(name));
  return (draft?: Draft) => openForm({ xform, draft, user: { name: '单秀云', device: 'lx:1' }, lists });
};

const rows = (filling: Filling, path: string): readonly Row[] => repeat(filling, path).rows;
const repeat = (filling: Filling, path: string): Repeat => {
  for (const node of walk(filling.root)) if (node.kind === 'repeat' && node.path === path) return node;
  throw new Error(`no repeat at ${path}`);
};

async function looked(): Promise<Filling> {
  const filling = await open('repeats');
  filling.set('/data/looked', 'yes');
  return filling;
}

describe('rows whose number is an answer', () => {
  it('come as many as she says, one question a screen, under their number', async () => {
    const filling = await looked();
    const page = show(filling);
    page.tap('下一题');
    page.write('/data/heaps', '2');
    page.tap('下一题');
    await page.rest();
    expect(page.box.querySelector('.page > .cap')?.textContent).toBe('垃圾堆 1');
    page.write('/data/heap[1]/spot', '墙角');
    page.tap('下一题');
    await page.rest();
    page.tap('下一题');
    await page.rest();
    expect(page.box.querySelector('.page > .cap')?.textContent).toBe('垃圾堆 2');
    expect(page.input('/data/heap[2]/spot').value).toBe('');
  });

  it('are not dropped while the number is half typed', async () => {
    const filling = await looked();
    filling.set('/data/heaps', '2');
    filling.set('/data/heap[2]/spot', '路边');
    const page = show(filling, { mode: 'one-page' });
    const box = page.input('/data/heaps');
    box.focus();
    box.value = '1';
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(filling.get('/data/heap[2]/spot')).toBe('路边');
    box.value = '12';
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    box.blur();
    expect([filling.get('/data/heap[2]/spot'), filling.wrong(filling.question('/data/heaps')!)?.words]).toEqual([
      '路边',
      '请填 0 到 10 之间的数',
    ]);
  });

  it('that go with a smaller number come back whole when she takes it back', async () => {
    const filling = await looked();
    filling.set('/data/heaps', '3');
    filling.set('/data/heap[2]/spot', '路边');
    filling.set('/data/heap[3]/spot', '墙角');
    const before = filling.draft();
    filling.set('/data/heap[3]/spot', '墙脚');
    const undo = filling.set('/data/heaps', '1');
    expect(rows(filling, '/data/heap')).toHaveLength(1);
    undo?.();
    await vi.waitFor(() => expect(filling.get('/data/heap[3]/spot')).toBe('墙脚'));
    filling.set('/data/heap[3]/spot', '墙角');
    expect(filling.draft()).toEqual(before);
  });

  it('stay while no number can be read, and nothing is lost when the draft is opened again', async () => {
    const filling = await looked();
    filling.set('/data/heaps', '2');
    filling.set('/data/heap[2]/spot', '路边');
    filling.set('/data/heaps', '');
    expect(filling.wrong(filling.question('/data/heaps')!)?.words).toBe('请写几个，没有就写 0');
    const again = await open('repeats', { draft: kept(filling.draft()) });
    expect([again.box(again.question('/data/heaps')!), again.get('/data/heap[2]/spot')]).toEqual(['', '路边']);
    expect(again.draft()).toEqual(filling.draft());
    again.set('/data/heaps', '900');
    expect([again.wrong(again.question('/data/heaps')!)?.condition, rows(again, '/data/heap').length]).toEqual([
      'tooBig',
      2,
    ]);
  });

  it('that nobody has filled go without a word', async () => {
    const filling = await looked();
    filling.set('/data/heaps', '3');
    expect(filling.set('/data/heaps', '1')).toBeNull();
  });
});

describe('rows that she adds', () => {
  it('are added and left by the list after them, which says what stands in each', async () => {
    const filling = await open('repeats');
    filling.set('/data/looked', 'no');
    const page = show(filling);
    page.tap('下一题');
    await page.rest();
    page.write('/data/bag[1]/kilos', '12');
    page.write('/data/bag[1]/what', '旧报纸');
    page.tap('下一题');
    await page.rest();
    expect(page.at('/data/bag').querySelector('.row-p')?.textContent).toBe('袋 112、旧报纸');
    page.tap('加一个：袋', page.at('/data/bag'));
    expect(page.box.querySelector('.page > h2')?.textContent).toBe('袋 2');
    expect(rows(filling, '/data/bag')).toHaveLength(2);
  });

  it('take their answers and half-typed texts along when one before them goes, and come back', async () => {
    const filling = await open('repeats');
    filling.addRow(repeat(filling, '/data/bag'));
    filling.addRow(repeat(filling, '/data/bag'));
    filling.set('/data/bag[1]/kilos', '1');
    filling.set('/data/bag[2]/kilos', '22x');
    filling.set('/data/bag[3]/what', '瓶子');
    const before = filling.draft();
    const undo = filling.removeRow(rows(filling, '/data/bag')[0]!);
    const first = filling.question('/data/bag[1]/kilos')!;
    expect([filling.box(first), filling.wrong(first)?.condition, filling.get('/data/bag[2]/what')]).toEqual([
      '22x',
      'integer',
      '瓶子',
    ]);
    expect(filling.question('/data/bag[3]/what')).toBeNull();
    undo();
    await vi.waitFor(() => expect(filling.draft()).toEqual(before));
  });

  it('leave nothing behind for the next one in their place', async () => {
    const filling = await open('repeats');
    filling.set('/data/bag[1]/kilos', '5x');
    filling.removeRow(rows(filling, '/data/bag')[0]!);
    filling.addRow(repeat(filling, '/data/bag'));
    expect(filling.box(filling.question('/data/bag[1]/kilos')!)).toBe('');
  });

  it('are kept by a draft while they are hidden, those within them too', async () => {
    const filling = await looked();
    filling.set('/data/helper[1]/called', '小王');
    filling.addRow(repeat(filling, '/data/helper'));
    filling.set('/data/helper[2]/called', '小李');
    filling.addRow(repeat(filling, '/data/helper[2]/task'));
    filling.set('/data/helper[2]/task[2]/work', 'carry');
    filling.set('/data/looked', 'no');
    const draft = kept(filling.draft());
    expect(draft.xml).not.toContain('helper');
    const again = await open('repeats', { draft });
    expect(again.draft()).toEqual(draft);
    again.set('/data/looked', 'yes');
    expect([again.get('/data/helper[2]/called'), again.get('/data/helper[2]/task[2]/work')]).toEqual(['小李', 'carry']);
  });

  it('stay while the number that asks for them is hidden, however often the draft is opened again', async () => {
    const opened = formOf([
      { ...ITEM, kind: 'text' },
      { ...ITEM, kind: 'integer', when: 'unsaid' },
      { ...ITEM, kind: 'counted', items: [{ ...ITEM, kind: 'text' }] },
    ]);
    let filling = await opened();
    filling.set('/data/q2', '2');
    filling.set('/data/q3[2]/q4', '墙角');
    filling.set('/data/q1', '说了');
    for (let n = 0; n < 2; n++) filling = await opened(kept(filling.draft()));
    expect(filling.get('/data/q3[2]/q4')).toBe('墙角');
    filling.set('/data/q1', '');
    expect([filling.get('/data/q2'), filling.get('/data/q3[2]/q4')]).toEqual(['2', '墙角']);
  });

  it('begin with none of those within them that a number asks for, also in a draft that is opened again', async () => {
    const counted = { ...ITEM, kind: 'counted', items: [{ ...ITEM, kind: 'text' }] } as const;
    const opened = formOf([
      { ...ITEM, kind: 'integer' },
      { ...ITEM, kind: 'repeat', items: [counted] },
    ]);
    const first = await opened();
    for (const filling of [first, await opened(kept(first.draft()))]) {
      filling.addRow(repeat(filling, '/data/q2'));
      const asked = () => [1, 2].map((n) => repeat(filling, `/data/q2[${n}]/q3`).rows.length);
      expect(asked()).toEqual([0, 0]);
      filling.set('/data/q1', '2');
      expect(asked()).toEqual([2, 2]);
    }
  });

  it('begin with none of those within them whose number is hidden, also in a draft that is opened again', async () => {
    const opened = formOf([
      { ...ITEM, kind: 'text' },
      { ...ITEM, kind: 'integer', when: 'said' },
      { ...ITEM, kind: 'integer' },
      {
        ...ITEM,
        kind: 'counted',
        items: [
          {
            ...ITEM,
            kind: 'repeat',
            items: [{ ...ITEM, kind: 'counted', back: 1, items: [{ ...ITEM, kind: 'text' }] }],
          },
        ],
      },
    ]);
    const first = await opened();
    for (const filling of [first, await opened(kept(first.draft()))]) {
      filling.set('/data/q3', '1');
      expect(repeat(filling, '/data/q4[1]/q5[1]/q6').rows).toEqual([]);
    }
  });

  it('begin with what the form has put there, those within them too, also in a draft that is opened again', async () => {
    const within = [{ ...ITEM, kind: 'many', begins: 'fixed' }] as const;
    const opened = formOf([
      { ...ITEM, kind: 'text' },
      { ...ITEM, kind: 'repeat', items: [{ ...ITEM, kind: 'repeat', when: 'said', items: within }] },
    ]);
    const first = await opened();
    for (const filling of [first, await opened(kept(first.draft()))]) {
      filling.set('/data/q1', '说了');
      filling.addRow(repeat(filling, '/data/q2[1]/q3'));
      expect([1, 2].map((n) => filling.get(`/data/q2[1]/q3[${n}]/q4`))).toEqual(['a b', 'a b']);
    }
  });

  it('begin with a row of those within them, the first and the next', async () => {
    const filling = await looked();
    filling.addRow(repeat(filling, '/data/helper'));
    const within = [1, 2].map((n) => repeat(filling, `/data/helper[${n}]/task`).rows.length);
    expect(within).toEqual([1, 1]);
  });

  it('stand under each other on one page, and the last line adds one more', async () => {
    const filling = await open('repeats');
    const page = show(filling, { mode: 'one-page' });
    expect(page.headings()).toContain('袋 1');
    page.tap('加一个：袋');
    expect(page.headings()).toContain('袋 2');
    page.tap('删掉：袋 1');
    expect(page.headings()).not.toContain('袋 2');
  });
});

describe('a record with rows that was sent, changed', () => {
  const send = async () => {
    const filling = await looked();
    filling.set('/data/heaps', '2');
    filling.set('/data/heap[1]/spot', '墙角');
    filling.set('/data/heap[2]/spot', '路边');
    filling.set('/data/helper[1]/called', '小王');
    filling.addRow(repeat(filling, '/data/helper'));
    filling.set('/data/helper[2]/called', '小李');
    filling.set('/data/helper[1]/task[1]/work', 'sweep');
    filling.set('/data/helper[2]/task[1]/work', 'carry');
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    return finished.xml;
  };

  it('opens the one answer that the county means, by its name there, and no other row', async () => {
    const filling = await open('repeats', { edit: { xml: await send() }, open: ['/data/heap/spot[2]'] });
    const asked = filling.question('/data/heap/spot[2]')!;
    expect([asked.path, filling.locked(asked)]).toEqual(['/data/heap[2]/spot', false]);
    expect(filling.locked(filling.question('/data/heap[1]/spot')!)).toBe(true);
    expect(filling.rowsFixed()).toBe(true);
    expect(filling.sent('/data/heap/spot[2]')).toBe('路边');
  });

  it('knows a row by its identity when one before it has gone', async () => {
    const filling = await open('repeats', { edit: { xml: await send() } });
    expect(filling.changes()).toEqual([]);
    filling.removeRow(rows(filling, '/data/helper')[0]!);
    expect(filling.sent('/data/helper[1]/called')).toBe('小李');
    expect(filling.changes()).toEqual([
      { path: expect.stringContaining('called') as string, label: '叫什么', before: '小王', after: '' },
      { path: expect.stringContaining('work') as string, label: '哪一件', before: 'sweep', after: '' },
    ]);
  });
});
