import { beforeAll, describe, expect, it } from 'vitest';
import { closure } from './closure';
import type { Filling } from './filling';
import { forms, kept, na, open, people } from './fixtures/cast';
import type { ListRow } from './lists';
import { isQuestion, walk } from './model';

const A = 'a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const B = 'b1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';

/** A visit to 那淑清 as it was sent: the stove is a hazard, with its photo; 2 degrees in the room. */
async function sendVisit(): Promise<string> {
  const filling = await open('care');
  for (const [path, text] of [
    ['/data/person', na],
    ['/data/door', 'opened'],
    ['/data/care/tasks', 'meal stove'],
    ['/data/care/ate', 'little'],
    ['/data/care/medicine', 'taken'],
    ['/data/care/hazard', 'stove'],
    ['/data/care/room_temp', '2'],
    ['/data/wellbeing', 'well'],
    ['/data/hazard_photo', A],
  ] as const) {
    filling.set(path, text);
  }
  const finished = await filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  return finished.xml;
}

let xml = '';
beforeAll(async () => {
  xml = await sendVisit();
});

const leaf = (xml: string, selector: string) =>
  new DOMParser().parseFromString(xml, 'text/xml').querySelector(selector)?.textContent ?? null;
const identity = (xml: string) => leaf(xml, 'instanceID');
const openOnes = (filling: Filling) =>
  [...walk(filling.root)]
    .filter(isQuestion)
    .filter((each) => each.relevant && !filling.locked(each))
    .map((each) => each.path);

describe('a record that was sent, changed', () => {
  it('replaces it by name, keeps its answers and its start, and says what changed', async () => {
    const filling = await open('care', { edit: { xml } });
    expect(filling.changes()).toEqual([]);
    filling.set('/data/care/room_temp', '20');
    filling.set('/data/care/ate', 'well');
    filling.set('/data/note', '炉子修好了');
    expect(filling.changes()).toEqual([
      { path: '/data/care/ate', label: '今天吃饭', before: '吃得少', after: '吃得好' },
      { path: '/data/care/room_temp', label: '屋里多少度（供暖期）', before: '2', after: '20' },
      { path: '/data/note', label: '还有要说的', before: '', after: '炉子修好了' },
    ]);
    expect([filling.sent('/data/care/room_temp'), filling.sent('/data/revisit_on')]).toEqual(['2', null]);
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    expect(leaf(finished.xml, 'deprecatedID')).toBe(identity(xml));
    expect(identity(finished.xml)).not.toBe(identity(xml));
    expect(leaf(finished.xml, 'start')).toBe(leaf(xml, 'start'));
    expect(leaf(finished.xml, 'hazard_photo')).toBe(A);
  });

  it('keeps in its draft whom it replaces, what was hidden meanwhile, and what was sent', async () => {
    const filling = await open('care', { edit: { xml } });
    filling.set('/data/hazard_photo', B);
    filling.set('/data/door', 'phone');
    filling.set('/data/care/hazard', 'cold');
    const draft = kept(filling.draft());
    expect(leaf(draft.xml, 'deprecatedID')).toBe(identity(xml));
    const again = await open('care', { draft, edit: { xml } });
    expect(again.draft()).toEqual(draft);
    expect(again.changes()).toEqual(filling.changes());
    again.set('/data/door', 'opened');
    expect([again.get('/data/hazard_photo'), again.get('/data/care/ate')]).toEqual([B, 'little']);
    again.set('/data/hazard_photo', '');
    expect([again.get('/data/hazard_photo'), again.sent('/data/hazard_photo')]).toEqual(['', A]);
  });

  it('shows a person who is in no list any more, and blanks nobody', async () => {
    const listRows = { people: people.filter((row) => row.name === na) };
    const rows: readonly ListRow[] = [{ name: 'somebody-else', label: '别人', consent: '' }];
    const filling = await open('care', { edit: { xml }, listRows, rows });
    expect(filling.get('/data/person')).toBe(na);
    expect(filling.question('/data/person')!.options.map((option) => option.label)).toEqual(['别人', '那淑清']);
    expect(filling.get('/data/consent_on_file')).toBe('all');
    expect(filling.changes()).toEqual([]);
    expect(filling.listRows()).toEqual(listRows);
  });

  it('says what opening it changed: here the person had left the list and was not remembered', async () => {
    const filling = await open('care', { edit: { xml }, rows: [] });
    expect(filling.changes()).toContainEqual({ path: '/data/person', label: '看望谁', before: na, after: '' });
  });

  it('of another form is refused with words', async () => {
    await expect(open('contact', { edit: { xml } })).rejects.toMatchObject({ code: 'sentUnreadable' });
  });
});

describe('a correction', () => {
  it('opens what was asked about and what depends on it, and nothing else', async () => {
    const named = closure(forms.care, ['/data/care/room_temp', '/data/care/hazard']);
    const filling = await open('care', { edit: { xml }, open: named });
    expect(openOnes(filling)).toEqual(['/data/care/hazard', '/data/care/room_temp', '/data/hazard_photo']);
    expect(filling.anew()).toEqual([]);
  });

  it('opens by itself what must be answered now and was not asked then, and leaves the rest closed', async () => {
    const filling = await open('care', { edit: { xml }, open: ['/data/need'] });
    filling.set('/data/need', 'refer');
    expect(openOnes(filling)).toEqual(['/data/need', '/data/need_to']);
    expect(filling.anew().map((each) => each.path)).toEqual(['/data/need', '/data/need_to']);
    filling.set('/data/need_to', 'team_home_care');
    expect(openOnes(filling)).toContain('/data/need_to');
    filling.set('/data/need', 'none');
    expect(openOnes(filling)).toEqual(['/data/need']);
  });

  it('opens by itself what no longer fits, and keeps it open when it was mended', async () => {
    const filling = await open('care', { edit: { xml }, open: ['/data/wellbeing'] });
    filling.set('/data/wellbeing', 'worry');
    expect(openOnes(filling)).toEqual(['/data/need', '/data/wellbeing'].sort((a, b) => (a > b ? -1 : 1)));
    filling.set('/data/need', 'urgent');
    expect(openOnes(filling)).toEqual(expect.arrayContaining(['/data/wellbeing', '/data/need', '/data/need_to']));
    expect(filling.question('/data/care/ate')).toSatisfy((each: Parameters<Filling['locked']>[0]) =>
      filling.locked(each),
    );
  });

  it('opened again from its draft is open in the same places', async () => {
    const filling = await open('care', { edit: { xml }, open: ['/data/wellbeing'] });
    filling.set('/data/wellbeing', 'worry');
    filling.set('/data/need', 'refer');
    const again = await open('care', { edit: { xml }, open: ['/data/wellbeing'], draft: kept(filling.draft()) });
    expect(openOnes(again)).toEqual(openOnes(filling));
    expect(again.anew().map((each) => each.path)).toEqual(filling.anew().map((each) => each.path));
  });

  it('opens a day that has passed since, which nobody could have handed back', async () => {
    const revisit = xml.replace('<need>none</need>', '<need>revisit</need><revisit_on>2026-11-20</revisit_on>');
    const filling = await open('care', { edit: { xml: revisit }, open: ['/data/care/room_temp'] });
    expect(openOnes(filling)).toEqual(['/data/care/room_temp', '/data/revisit_on']);
    expect(filling.anew().map((each) => each.path)).toEqual(['/data/revisit_on']);
  });

  it('names nothing in a form that is filled for the first time', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    expect([filling.changes(), filling.anew(), filling.sent('/data/person')]).toEqual([[], [], null]);
    expect([...filling.dependents('/data/care/hazard')]).toEqual([]);
  });
});
