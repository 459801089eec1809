import { describe, expect, it } from 'vitest';
import { closure } from './closure';
import type { Filling } from './filling';
import { type Form, forms, na, open, piao } from './fixtures/cast';
import { isQuestion, type Question, walk } from './model';

const form = (binds: string, body: string, nodes = '<a/><b/><c/><g><d/><e/></g>') => `<h:html
  xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
  <instance><data id="x">${nodes}</data></instance>${binds}</model></h:head><h:body>${body}</h:body></h:html>`;
const inputs = ['/data/a', '/data/b', '/data/c', '/data/g/d', '/data/g/e']
  .map((ref) => `<input ref="${ref}"/>`)
  .join('');
const bind = (nodeset: string, rest: string) => `<bind nodeset="${nodeset}" ${rest}/>`;

describe('what depends on an answer', () => {
  it.each([
    ['relevance', bind('/data/b', 'relevant="/data/a = 1"'), ['/data/a', '/data/b']],
    ['duty', bind('/data/b', `required="/data/a = '/data/c'"`), ['/data/a', '/data/b']],
    ['a constraint', bind('/data/c', 'constraint=". &lt; /data/a"'), ['/data/a', '/data/c']],
    ['a relative path', bind('/data/g/d', 'relevant="../../a = 1"'), ['/data/a', '/data/g/d']],
    ['a path from the current node', bind('/data/g/d', 'relevant="current()/../../a = 1"'), ['/data/a', '/data/g/d']],
    ['a group, with all in it', bind('/data/g', 'relevant="/data/a = 1"'), ['/data/a', '/data/g/d', '/data/g/e']],
    ['a predicate', bind('/data/b', `calculate="instance('p')/root/item[name = /data/a]/x"`), ['/data/a', '/data/b']],
    [
      'a predicate in a predicate',
      bind('/data/b', 'relevant="/data/g[d[. = /data/a] = 1]/e = 2"'),
      ['/data/a', '/data/b'],
    ],
    ['nothing', bind('/data/b', `relevant="/data/c = '/data/a'"`), ['/data/a']],
  ])('by %s', (_, binds, found) => expect(closure(form(binds, inputs), ['/data/a'])).toEqual(found));

  it('by what is offered, and by what a change triggers', () => {
    const body = `<input ref="/data/a"><setvalue ref="/data/c" value="now()" event="xforms-value-changed"/></input>
      <select1 ref="/data/b"><itemset nodeset="instance('l')/root/item[kind = /data/a ]"/></select1><input ref="/data/c"/>`;
    expect(closure(form('', body), ['/data/a'])).toEqual(['/data/a', '/data/b', '/data/c']);
  });

  it('goes on through calculations and through what is asked because of it', () => {
    const binds =
      bind('/data/sum', 'calculate="/data/a + 1"') +
      bind('/data/b', 'relevant="/data/sum = 2"') +
      bind('/data/c', 'relevant="/data/b = 3"');
    const nodes = '<a/><b/><c/><sum/><g><d/><e/></g>';
    expect(closure(form(binds, inputs, nodes), ['/data/a'])).toEqual(['/data/a', '/data/b', '/data/c']);
    expect(closure(form(binds, inputs, nodes), ['/data/c'])).toEqual(['/data/c']);
  });

  it.each([
    ['a whole group', 'count-non-empty(/data/g/*) = 0'],
    ['a group by its name', 'string(/data/g) = 0'],
    ['an axis', 'count(/data/a/following-sibling::g) = 0'],
    ['anything anywhere', 'count(//d) = 0'],
  ])('counts %s as all that lies below it', (_, expression) => {
    expect(closure(form(bind('/data/b', `relevant="${expression}"`), inputs), ['/data/g/d'])).toEqual([
      '/data/b',
      '/data/g/d',
    ]);
  });

  it('in the visit form is what follows from the hazard, the need, the door', () => {
    expect(closure(forms.care, ['/data/care/hazard'])).toEqual(['/data/care/hazard', '/data/hazard_photo']);
    expect(closure(forms.care, ['/data/need'])).toEqual([
      '/data/need',
      '/data/need_to',
      '/data/refer_agreed',
      '/data/revisit_on',
      '/data/note',
      '/data/voice',
    ]);
    expect(closure(forms.care, ['/data/note'])).toEqual(['/data/note']);
    expect(closure(forms.care, ['/data/door'])).toContain('/data/care/tasks');
  });
});

// ---- whatever is answered --------------------------------------------------------------------------------------------

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const TEXTS = ['', '1', '15', '68', '腿疼', '2026-12-01', '2020-01-01'];

function answerAny(filling: Filling, question: Question, rand: () => number): void {
  const one = <T>(from: readonly T[]): T => from[Math.floor(rand() * from.length)]!;
  const values = question.options.map((option) => option.value);
  if (question.kind === 'many') filling.set(question.path, values.filter(() => rand() < 0.4).join(' '));
  else if (question.kind === 'one') filling.set(question.path, one(['', ...values]));
  else if (question.kind === 'image' || question.kind === 'audio')
    filling.set(question.path, one(['', 'a.jpg', 'b.jpg']));
  else filling.set(question.path, one(TEXTS));
}

const standing = (question: Question) => ({
  path: question.path,
  relevant: question.relevant,
  required: question.required,
  locked: question.locked,
  value: question.value,
  violation: question.violation?.condition,
  options: question.options.map((option) => option.value),
});

const cases = (['care', 'contact', 'widgets', 'photos'] as const).flatMap((name) =>
  [3, 17, 29].map((seed) => [name, seed] as const),
);

describe.each(cases)('a question of %s that is not named (seed %i)', (name: Form, seed: number) => {
  it('stays as it is whatever is answered to the named ones', async () => {
    const rand = random(seed);
    const filling = await open(name);
    const questions = [...walk(filling.root)].filter(isQuestion);
    if (filling.question('/data/person') !== null) filling.set('/data/person', rand() < 0.5 ? na : piao);
    for (const each of questions) if (rand() < 0.6) answerAny(filling, each, rand);
    for (const asked of questions) {
      const named = closure(forms[name], [asked.path]);
      const others = questions.filter((each) => !named.includes(each.path));
      const before = others.map(standing);
      for (const each of questions.filter(({ path }) => named.includes(path))) answerAny(filling, each, rand);
      expect(others.map(standing)).toEqual(before);
    }
  });
});
