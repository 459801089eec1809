import { describe, expect, it } from 'vitest';
import repeats from '../fixtures/repeats.xml?raw';
import { examine } from './examine';

const PEOPLE = { 'people.csv': 'name,label,consent\na,Anna,\n' };

/** A form of these binds: a, b and c beside each other, r a repeat of one. */
function form(binds: string, body = ''): string {
  return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
    xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><instance>
    <data id="t" version="1"><a/><b/><c/><r jr:template=""><x/></r><r><x/></r><meta><instanceID/></meta></data></instance>
    <instance id="people" src="jr://file-csv/people.csv"/>${binds}</model></h:head>
    <h:body><input ref="/data/a"><label>A</label></input><input ref="/data/b"><label>B</label></input>
    <group ref="/data/r"><label>R</label><repeat nodeset="/data/r" jr:count="/data/a"><input ref="/data/r/x"><label>X</label></input>
    </repeat></group>${body}</h:body></h:html>`;
}

const troubleOf = async (binds: string, body = '') =>
  (await examine({ xform: form(binds, body), files: PEOPLE })).trouble;

describe('a form that is run before it is published', () => {
  it('has no trouble when there is none', async () => {
    expect((await examine({ xform: repeats, files: {} })).trouble).toEqual([]);
    expect(await troubleOf('<bind nodeset="/data/c" calculate="concat(/data/a, ../b)"/>')).toEqual([]);
  });

  it('takes what looks a choice up by its words, and a column that only later rows of a list have', async () => {
    const list = `<instance id="l"><root><item><name>x</name></item><item><name>y</name></item>
      <item><name>z</name><town>t</town></item></root></instance>`;
    const select = `<select1 ref="/data/c"><label>C</label>
      <itemset nodeset="instance('l')/root/item[town = /data/a]"><value ref="name"/><label ref="name"/></itemset></select1>`;
    const bind = `<bind nodeset="/data/b" calculate="jr:choice-name(/data/c, '/data/c')"/>`;
    expect(await troubleOf(list + bind, select)).toEqual([]);
  });

  it('names a function that only a branch which is not taken would call', async () => {
    expect(await troubleOf(`<bind nodeset="/data/c" calculate="if(/data/a = 'x', nonesuch(1), 'ok')"/>`)).toEqual([
      { kind: 'call', says: "nonesuch(1): Function 'nonesuch' is not defined.", about: '/data/c', what: 'calculate' },
    ]);
  });

  it('names it in a list of rows that nobody has begun', async () => {
    const [trouble] = await troubleOf('<bind nodeset="/data/r/x" relevant="nonesuch(.)"/>');
    expect(trouble).toMatchObject({ kind: 'expression', about: '/data/r/x', what: 'relevant' });
  });

  it('names a function that is given too much', async () => {
    const [trouble] = await troubleOf(`<bind nodeset="/data/c" calculate="if(1 = 2, today(1), '')"/>`);
    expect(trouble).toMatchObject({ kind: 'call', about: '/data/c' });
  });

  it.each(['/data/nowhere', '../nowhere', 'nowhere', "instance('people')/root/item[name = /data/a]/nowhere"])(
    'names a path that leads nowhere and would be blank without a word: %s',
    async (path) => {
      const [trouble] = await troubleOf(`<bind nodeset="/data/c" calculate="${path}"/>`);
      expect(trouble).toMatchObject({ kind: 'path', about: '/data/c', what: 'calculate' });
      expect(trouble?.says).toContain('nowhere');
    },
  );

  it('names a column that a filter asks the list for in vain', async () => {
    const select = `<select1 ref="/data/c"><label>C</label>
      <itemset nodeset="instance('people')/root/item[nowhere = 'x']"><value ref="name"/><label ref="label"/></itemset></select1>`;
    expect(await troubleOf('', select)).toEqual([
      { kind: 'path', says: "instance('people')/root/item/nowhere", about: '/data/c', what: 'choices' },
    ]);
  });

  it('names the answers that wait for each other, in their order', async () => {
    const [trouble] = await troubleOf(
      '<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" relevant="/data/c = 1"/><bind nodeset="/data/c" calculate="../a"/>',
    );
    expect(trouble).toMatchObject({ kind: 'circle', says: '/data/a /data/b /data/c /data/a' });
  });

  it('names a question whose own answer decides whether it is asked, by way of its group', async () => {
    const trouble = await troubleOf(`<bind nodeset="/data/r" relevant="/data/r/x = '1'"/>`);
    expect(trouble).toContainEqual(expect.objectContaining({ kind: 'circle', says: '/data/r/x /data/r/x' }));
  });

  it('says what the engine says of a form that it cannot load, or of a list that is not there', async () => {
    const [broken] = await troubleOf('<bind nodeset="/data/c" calculate="concat(1"/>');
    expect(broken).toMatchObject({ kind: 'load', says: 'Expression has syntax error: concat(1' });
    const missing = await examine({ xform: form(''), files: {} });
    expect(missing.trouble).toEqual([{ kind: 'load', says: 'There is no file people.csv' }]);
  });

  it('tells how long it took to load and to begin', async () => {
    const { loadMs, createMs } = await examine({ xform: form(''), files: PEOPLE });
    expect(loadMs).toBeGreaterThan(0);
    expect(createMs).toBeGreaterThan(0);
  });
});
