/** Every form of the programmes opens, and is whole when its ordinary path was filled. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fillOrdinarily, openProgrammeForm, programmeForms, SOMEBODY } from './fixtures/ordinary';
import { warm } from './xform';

beforeAll(warm, 60_000);

const ALL = 39;

it('are all there', () => {
  expect(programmeForms.size).toBe(ALL);
});

describe.each([...programmeForms.keys()])('%s', (key) => {
  it('is filled along its ordinary path, in both languages', async () => {
    const filling = await openProgrammeForm(key);
    expect([...filling.languages].sort()).toEqual(['en', 'zh']);
    const answered = fillOrdinarily(filling);
    expect(answered.length).toBeGreaterThanOrEqual(3);
    filling.setLanguage('en');
    const finished = await filling.finish();
    expect(finished.ok ? [] : finished.problems).toEqual([]);
    filling.dispose();
  });
});

const NAMED: readonly (readonly [form: string, names: string, asks: string, said: string])[] = [
  ['rights-case', 'existing', 'agrees', 'no'],
  ['legal-help', 'existing', 'agrees', 'no'],
  ['mediation', 'existing', 'willing', 'no'],
  ['corrections-support-visit', 'client', 'agrees', 'no'],
  ['resettlement-support-visit', 'client', 'agrees', 'no'],
  ['youth-support-visit', 'client', 'agrees', 'no'],
];

describe('whoever says no to a record', () => {
  it.each(NAMED)('is not named by %s, nor by what was read of the list', async (form, names, asks, said) => {
    const filling = await openProgrammeForm(form);
    filling.set(`/data/${names}`, SOMEBODY);
    if (filling.question('/data/met') !== null) filling.set('/data/met', 'met');
    filling.set(`/data/${asks}`, said);
    fillOrdinarily(filling);
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    expect(finished.xml).not.toContain(SOMEBODY);
    expect(finished.listRows).toEqual({});
    expect(finished.saves).toEqual([]);
    filling.dispose();
  });
});

describe('a card', () => {
  it('comes filled in with what stands on the list, and takes nothing back that the phone does not hold', async () => {
    const filling = await openProgrammeForm('person-card');
    filling.set('/data/existing', SOMEBODY);
    filling.set('/data/consent', 'all');
    expect(filling.get('/data/card/full_name')).toBe('那淑清');
    expect(filling.get('/data/card/phone')).toBe('13812345678');
    fillOrdinarily(filling);
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    const [change] = finished.saves;
    expect(change).toMatchObject({ list: 'people', id: SOMEBODY, creates: false });
    expect(change?.properties).not.toHaveProperty('situation');
    filling.dispose();
  });

  it('makes a new entry when nobody is chosen, and none when the person says no', async () => {
    const filling = await openProgrammeForm('person-card');
    fillOrdinarily(filling);
    const finished = await filling.finish();
    expect(finished.ok && finished.saves[0]).toMatchObject({ list: 'people', creates: true });
    filling.set('/data/consent', 'declined');
    const again = await filling.finish();
    expect(again.ok && again.saves).toEqual([]);
    filling.dispose();
  });
});
