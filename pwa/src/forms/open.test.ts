import { afterEach, describe, expect, it, vi } from 'vitest';
import { na, open, people, piao } from './fixtures/cast';
import { setLanguage } from '../i18n';
import { openForm } from './open';
import { FormProblem } from './problems';

afterEach(() => setLanguage('zh'));

describe('a form that is being filled', () => {
  it('knows its name, its languages and what it writes to the list', async () => {
    const { file, languages } = await open('care');
    expect([file.id, file.title, languages]).toEqual(['day-care-visit', '上门照料', ['zh', 'en']]);
    expect([...file.saves]).toEqual([
      ['consent', '/data/consent_now'],
      ['consent_on', '/data/consent_now_on'],
    ]);
  });

  it('takes answers, and computes and asks what follows from them', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    expect(filling.get('/data/consent_on_file')).toBe('all');
    expect(filling.get('/data/may_write')).toBe('1');
    expect(filling.question('/data/care/ate')?.relevant).toBe(true);
    expect(filling.question('/data/consent_now')?.relevant).toBe(false);
    filling.set('/data/person', piao);
    expect(filling.question('/data/consent_now')?.relevant).toBe(true);
  });

  it('hides an answer and shows it again', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    filling.set('/data/care/tasks', 'wash meal');
    filling.set('/data/door', 'nobody');
    expect(filling.get('/data/care/tasks')).toBe('');
    filling.set('/data/door', 'opened');
    expect(filling.get('/data/care/tasks')).toBe('meal wash');
  });

  it.each([
    ['12abc', '', '请只写数字，比如 12'],
    ['13800138000', '', '这个数太大了，请再看一下'],
    ['200', '200', '请填 18 到 110 之间的数'],
    ['', '', '这一项要填'],
    ['６８', '68', undefined],
    ['007', '7', '请填 18 到 110 之间的数'],
  ])('keeps %j in the box of an integer, answers %j and says %j', async (text, answer, words) => {
    const filling = await open('widgets');
    filling.set('/data/age', text);
    const age = filling.question('/data/age')!;
    expect([filling.box(age), filling.get('/data/age'), filling.wrong(age)?.words]).toEqual([text, answer, words]);
  });

  it('keeps 5. in the box of a decimal that is 5.0', async () => {
    const filling = await open('widgets');
    filling.set('/data/glucose', '5.');
    expect([filling.box(filling.question('/data/glucose')!), filling.get('/data/glucose')]).toEqual(['5.', '5.0']);
  });

  it('takes pasted control characters out and stays readable', async () => {
    const filling = await open('widgets');
    filling.set('/data/called', '朴\u0000\u0008奶奶');
    expect(filling.get('/data/called')).toBe('朴奶奶');
    expect(new DOMParser().parseFromString(filling.draft().xml, 'text/xml').querySelector('parsererror')).toBeNull();
  });

  it('speaks both languages and keeps every answer', async () => {
    const filling = await open('widgets');
    filling.set('/data/called', '奶奶');
    filling.set('/data/age', '5');
    filling.set('/data/mood', 'low');
    const before = filling.draft();
    filling.setLanguage('en');
    setLanguage('en');
    const mood = filling.question('/data/mood')!;
    expect(mood.label).toBe('How is the person');
    expect(mood.options.map((option) => option.label)).toEqual(['Well', 'In low spirits', 'Not feeling well']);
    expect(filling.wrong(filling.question('/data/age')!)?.words).toBe('A number from 18 to 110');
    expect(filling.draft()).toEqual(before);
    filling.setLanguage('zh');
    expect(mood.label).toBe('人怎么样');
  });

  it('tells its listeners of every change, until they stop listening', async () => {
    const filling = await open('widgets');
    const heard = vi.fn();
    const stop = filling.onChange(heard);
    filling.set('/data/called', 'a');
    filling.typing('/data/called', 'ab', true);
    stop();
    filling.set('/data/called', 'abc');
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('names the first problem first, each with its label and words', async () => {
    const filling = await open('widgets');
    filling.set('/data/age', '12abc');
    filling.set('/data/tasks', 'none meal');
    expect(await filling.finish()).toEqual({
      ok: false,
      problems: [
        { path: '/data/person', label: '看望谁', words: '请选一个' },
        { path: '/data/age', label: '多大年纪', words: '请只写数字，比如 12' },
        { path: '/data/mood', label: '人怎么样', words: '请选一个' },
        { path: '/data/tasks', label: '做了哪些', words: '选了"没有"就不能再选别的' },
      ],
    });
  });

  it('refuses an answer to a question that it does not have', async () => {
    const filling = await open('widgets');
    expect(() => filling.set('/data/nowhere', 'x')).toThrow(RangeError);
  });

  it('says which list is missing, and that a file is no form', async () => {
    const user = { name: 'a', device: 'b' };
    const lists = () => Promise.reject(new Error('no such list'));
    await expect(open('widgets', { rows: [] })).resolves.toBeDefined();
    const widgets = (await import('./fixtures/widgets.xml?raw')).default;
    await expect(openForm({ xform: widgets, user, lists })).rejects.toMatchObject({ code: 'listMissing' });
    const broken = openForm({ xform: '<html/>', user, lists });
    await expect(broken).rejects.toBeInstanceOf(FormProblem);
    await expect(broken).rejects.toMatchObject({
      code: 'formUnreadable',
      words: '这张表格打不开，请告诉队长。写过的都在',
    });
  });

  it('opens with a list of nobody, and chooses no one who is not in it', async () => {
    const filling = await open('widgets', { rows: [] });
    filling.set('/data/person', piao);
    expect(filling.get('/data/person')).toBe('');
  });
});

describe('an expression of the form that breaks', () => {
  it('costs nothing that was written: the text stays, with a complaint, and the rest goes on', async () => {
    const filling = await open('fragile');
    filling.set('/data/other', '先写的');
    filling.set('/data/word', '很');
    filling.set('/data/word', '坏');
    filling.set('/data/other', '同时写的');
    await filling.finish().then((finished) => expect(finished.ok).toBe(false));
    const word = filling.question('/data/word')!;
    expect(filling.box(word)).toBe('坏');
    expect(filling.wrong(word)?.condition).toBe('refused');
    expect(filling.get('/data/after')).toBe('同时写的!');
    filling.set('/data/other', '后写的');
    expect(filling.get('/data/after')).toBe('后写的!');
    filling.set('/data/word', '好');
    expect(filling.wrong(word)).toBeNull();
    expect(await filling.finish()).toMatchObject({ ok: true });
  });

  it('costs none of many answers either, given since the last draft', async () => {
    const filling = await open('fragile');
    for (let n = 1; n <= 120; n++) filling.set('/data/other', `第${n}次`);
    filling.set('/data/word', '坏');
    await filling.finish();
    expect(filling.get('/data/after')).toBe('第120次!');
  });

  it('is remembered by the draft like every other text', async () => {
    const filling = await open('fragile');
    filling.set('/data/word', '坏');
    await filling.finish();
    const draft = filling.draft();
    const again = await open('fragile', { draft });
    expect(again.box(again.question('/data/word')!)).toBe('坏');
    expect(again.draft()).toEqual(draft);
  });
});

describe('what the record reads of the lists', () => {
  it('is the rows that it names, in the draft also while they are hidden', async () => {
    const filling = await open('widgets');
    expect(filling.listRows()).toEqual({});
    filling.set('/data/person', na);
    expect(filling.listRows()).toEqual({ people: [people[1]] });
  });

  it('is laid over the list of today when the draft is opened again', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    const draft = filling.draft();
    const gone = await open('care', { draft, listRows: filling.listRows(), rows: [] });
    expect(gone.get('/data/person')).toBe(na);
    expect(gone.get('/data/consent_on_file')).toBe('all');
    expect(gone.question('/data/person')!.options.map((option) => option.label)).toEqual(['那淑清']);
  });
});
