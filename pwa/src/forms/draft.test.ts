import { describe, expect, it } from 'vitest';
import { asDraft, type Draft } from './draft';
import type { Filling } from './filling';
import { type Form, kept, na, open, people, piao } from './fixtures/cast';
import { TEXTS } from './fixtures/chance';
import { type Plan, xformOf } from './fixtures/generated';
import { isQuestion, type Question, walk } from './model';
import { openForm } from './open';

describe('a draft', () => {
  it('opened again is the same draft', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    filling.set('/data/care/tasks', 'meal stove');
    filling.set('/data/note', ' 腿疼，\n昨晚没睡好。 <&>"\' 👵 ');
    const draft = filling.draft();
    const again = await open('care', { draft: kept(draft), listRows: filling.listRows() });
    expect(again.draft()).toEqual(draft);
    expect(again.get('/data/note')).toBe(' 腿疼，\n昨晚没睡好。 <&>"\' 👵 ');
  });

  it('keeps what is hidden just now', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    filling.set('/data/care/tasks', 'meal');
    filling.set('/data/care/room_temp', '5x');
    filling.set('/data/wellbeing', 'well');
    filling.set('/data/door', 'nobody');
    const draft = kept(filling.draft());
    expect(draft.xml).not.toContain('tasks');
    const again = await open('care', { draft });
    expect(again.draft()).toEqual(draft);
    again.set('/data/door', 'opened');
    expect(again.get('/data/care/tasks')).toBe('meal');
    expect(again.get('/data/wellbeing')).toBe('well');
    expect(again.box(again.question('/data/care/room_temp')!)).toBe('5x');
    expect(again.wrong(again.question('/data/care/room_temp')!)?.condition).toBe('integer');
  });

  it('keeps that a hidden answer was emptied, and does not bring its default back', async () => {
    const filling = await open('widgets');
    filling.set('/data/mood', 'well');
    filling.set('/data/care/temp', '');
    filling.set('/data/mood', '');
    const again = await open('widgets', { draft: kept(filling.draft()) });
    again.set('/data/mood', 'well');
    expect(again.get('/data/care/temp')).toBe('');
  });

  it('keeps a composition that had not ended, as text', async () => {
    const filling = await open('widgets');
    filling.set('/data/story', '昨晚');
    filling.typing('/data/story', '昨晚mei shui', true);
    const draft = kept(filling.draft());
    const again = await open('widgets', { draft });
    expect(again.get('/data/story')).toBe('昨晚mei shui');
    expect(again.box(again.question('/data/story')!)).toBe('昨晚mei shui');
  });

  it('keeps start, day and identity of the record', async () => {
    const filling = await open('widgets');
    const draft = kept(filling.draft());
    const again = await open('widgets', { draft });
    for (const path of ['/data/start', '/data/today', '/data/device', '/data/meta/instanceID']) {
      expect(again.get(path)).toBe(filling.get(path));
      expect(again.get(path)).not.toBe('');
    }
  });

  it('of another form, or none at all, is refused with words', async () => {
    const draft = kept((await open('widgets')).draft());
    await expect(open('contact', { draft })).rejects.toMatchObject({ code: 'draftUnreadable' });
    await expect(open('widgets', { draft: { ...draft, xml: '<data' } })).rejects.toMatchObject({
      code: 'draftUnreadable',
    });
  });

  it('is told from whatever else the store may hold', () => {
    const draft = { v: 1, xml: '<data/>', hidden: [['/data/a', '1']], typed: [] };
    expect(asDraft(draft)).toBe(draft);
    for (const other of [null, 'x', {}, { ...draft, v: 2 }, { ...draft, hidden: [['a']] }, { ...draft, typed: 1 }]) {
      expect(asDraft(other)).toBeNull();
    }
  });
});

// ---- whatever is done to it ------------------------------------------------------------------------------------------

const DAYS = ['', '2026-11-25', '2020-01-01', '明天'];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Edit = (filling: Filling) => unknown;

/** A row more somewhere, or one fewer; the same in any filling that stands alike. */
function anyRowEdit(of: Filling, rand: () => number): Edit | null {
  const nodes = [...walk(of.root)].filter((node) => (node.kind === 'repeat' || node.kind === 'row') && !node.counted);
  const path = nodes[Math.floor(rand() * nodes.length)]?.path;
  if (path === undefined) return null;
  return (filling) => {
    for (const node of walk(filling.root)) {
      if (node.path !== path) continue;
      if (node.kind === 'repeat') filling.addRow(node);
      else if (node.kind === 'row') filling.removeRow(node);
      return;
    }
  };
}

function anyEdit(of: Filling, rand: () => number): Edit {
  const rows = rand() < 0.2 ? anyRowEdit(of, rand) : null;
  const questions = [...walk(of.root)].filter(isQuestion);
  return (
    rows ??
    anyAnswer(
      questions.filter((each) => each.relevant || !each.path.includes('[')),
      rand,
    )
  );
}

function anyAnswer(questions: readonly Question[], rand: () => number): Edit {
  const one = <T>(from: readonly T[]): T => from[Math.floor(rand() * from.length)]!;
  const { path, kind, options } = one(questions);
  if (kind === 'one') {
    const value = one(['', ...options.map((option) => option.value)]);
    return (filling) => filling.set(path, value);
  }
  if (kind === 'many') {
    const values = options.map((option) => option.value).filter(() => rand() < 0.3);
    return (filling) => filling.set(path, values.join(' '));
  }
  if (path === '/data/heaps') {
    const count = one(['', '1', '2', '3']);
    return (filling) => filling.set(path, count);
  }
  const text = one(kind === 'date' ? DAYS : TEXTS);
  return (filling) => filling.set(path, text);
}

const seeds = [11, 23, 37, 41, 53, 67, 71, 89];
const cases = (['widgets', 'care', 'contact', 'repeats'] as const).flatMap((form) =>
  seeds.map((seed) => [form, seed] as const),
);

describe.each(cases)('whatever is done to %s (seed %i)', (form: Form, seed: number) => {
  it('the draft opened again is the same draft, shows the same, and goes on in the same way', async () => {
    const rand = random(seed);
    const filling = await open(form);
    if (form !== 'repeats') filling.set('/data/person', rand() < 0.5 ? na : piao);
    for (let round = 0; round < 4; round++) {
      for (let edit = 0; edit < 12; edit++) anyEdit(filling, rand)(filling);
      const draft = kept(filling.draft());
      const again = await open(form, { draft, listRows: filling.listRows(), rows: people });
      expect(again.draft()).toEqual(draft);
      expect(seen(again)).toEqual(seen(filling));
      for (let edit = 0; edit < 6; edit++) {
        const change = anyEdit(filling, rand);
        change(filling);
        change(again);
        expect(seen(again)).toEqual(seen(filling));
      }
    }
  });
});

/** What a person could see: labels, boxes, chosen cards, what is wrong. */
function seen(filling: Filling): unknown {
  return [...walk(filling.root)]
    .filter((node) => node.relevant)
    .map((node) => [
      node.path,
      node.label,
      isQuestion(node) ? [filling.box(node), node.value, filling.wrong(node)?.words] : null,
    ]);
}

const asked = { back: 0, when: 'always', required: 'no', begins: 'blank', locked: false, checked: false } as const;
const item = { ...asked, formula: 'once', filtered: false, items: [] } as const;
const opener = (plan: Plan) => {
  const xform = xformOf(plan);
  const lists = (name: string) => Promise.reject(new Error(name));
  return (draft?: Draft) => openForm({ xform, user: { name: '单秀云', device: 'lx:1' }, lists, draft });
};

describe('what is chosen from a list that follows from another answer', () => {
  const opened = opener([
    { ...item, kind: 'one' },
    { ...item, kind: 'many', filtered: true },
    { ...item, kind: 'rank', filtered: true },
  ]);

  it('is chosen again when it is offered again, also after a draft', async () => {
    const filling = await opened();
    filling.set('/data/q1', 'a');
    filling.set('/data/q2', 'a b');
    filling.set('/data/q1', 'c');
    expect(filling.get('/data/q2')).toBe('a');
    const draft = kept(filling.draft());
    const again = await opened(draft);
    expect(again.draft()).toEqual(draft);
    again.set('/data/q1', 'a');
    expect(again.get('/data/q2')).toBe('a b');
  });

  it('is a whole order as soon as all that is offered has its place, and no longer called half of one', async () => {
    const filling = await opened();
    filling.set('/data/q1', 'a');
    filling.set('/data/q3', 'a');
    const order = filling.question('/data/q3')!;
    expect([filling.get('/data/q3'), filling.wrong(order)?.condition]).toEqual(['', 'rankAll']);
    const draft = kept(filling.draft());
    for (const each of [filling, await opened(draft)]) {
      each.set('/data/q1', 'c');
      expect([each.get('/data/q3'), each.wrong(each.question('/data/q3')!)]).toEqual(['a', null]);
    }
  });
});

describe('what nobody may write to', () => {
  const opened = opener([
    { ...item, kind: 'text' },
    { ...item, kind: 'calculated', when: 'said' },
    { ...item, kind: 'many', when: 'said', back: 1, locked: true },
    { ...item, kind: 'repeat', when: 'said', back: 2, items: [{ ...item, kind: 'text', back: 3 }] },
  ]);

  it('is in a draft too while it is hidden: what was said once, a locked answer, the identity of a row', async () => {
    const filling = await opened();
    filling.set('/data/q1', '先');
    const row = filling.get('/data/q4[1]/row_id');
    expect([filling.get('/data/q2'), filling.get('/data/q3'), row === '']).toEqual(['初先', 'a b', false]);
    filling.set('/data/q1', '');
    const draft = kept(filling.draft());
    const again = await opened(draft);
    expect(again.draft()).toEqual(draft);
    for (const each of [filling, again]) each.set('/data/q1', '后');
    expect([again.get('/data/q2'), again.get('/data/q3')]).toEqual([filling.get('/data/q2'), filling.get('/data/q3')]);
    expect([again.get('/data/q2'), again.get('/data/q3')]).toEqual(['初先', 'a b']);
    expect(again.get('/data/q4[1]/row_id')).toBe(row);
  });
});
