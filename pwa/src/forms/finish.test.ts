import { describe, expect, it } from 'vitest';
import { na, open, people, piao } from './fixtures/cast';
import { entityOf, readFormFile } from './formfile';
import record from './fixtures/day-care-visit.record.xml?raw';
import care from './fixtures/day-care-visit.xml?raw';

const leaves = (xml: string): Record<string, string> => {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const found: Record<string, string> = {};
  const visit = (element: Element, path: string) => {
    for (const { name, value } of element.attributes) found[`${path}/@${name}`] = value;
    if (element.children.length === 0) found[path] = element.textContent;
    for (const child of element.children) visit(child, `${path}/${child.localName}`);
  };
  visit(document.documentElement, `/${document.documentElement.localName}`);
  return found;
};

describe('finishing', () => {
  it('gives the XML of exactly what was answered: asked and blank is there, not asked is not', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'phone');
    filling.set('/data/wellbeing', 'unwell');
    filling.set('/data/need', 'revisit');
    filling.set('/data/note', '腿疼，昨晚没睡好。');
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished));
    const { '/data/start': start, '/data/end': end, '/data/today': today, ...rest } = leaves(finished.xml);
    const instanceID = rest['/data/meta/instanceID'];
    expect(rest).toEqual({
      '/data/@id': 'daily-contact',
      '/data/@version': filling.file.version,
      '/data/person': na,
      '/data/contact': 'phone',
      '/data/wellbeing': 'unwell',
      '/data/need': 'revisit',
      '/data/revisit_on': '',
      '/data/note': '腿疼，昨晚没睡好。',
      '/data/counts_daily_contact': '1',
      '/data/meta/instanceID': instanceID,
      '/data/meta/deprecatedID': '',
    });
    expect(instanceID).toMatch(/^uuid:[0-9a-f-]{36}$/);
    expect(today).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Date.parse(end!)).toBeGreaterThanOrEqual(Date.parse(start!));
    expect(finished.listRows).toEqual({ people: [people[1]] });
    expect(finished.saves).toEqual([]);
  });

  it('takes what still stands in a composition', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'no_answer');
    filling.set('/data/need', 'revisit');
    filling.typing('/data/note', '再来', true);
    const finished = await filling.finish();
    expect(finished.ok && leaves(finished.xml)['/data/note']).toBe('再来');
  });

  it('updates the person when consent was asked, and says which rows it saves', async () => {
    const filling = await open('care');
    filling.set('/data/person', piao);
    filling.set('/data/door', 'family');
    filling.set('/data/consent_now', 'record_only');
    filling.set('/data/care/tasks', 'meal');
    filling.set('/data/care/ate', 'well');
    filling.set('/data/care/medicine', 'none');
    filling.set('/data/wellbeing', 'well');
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    const found = leaves(finished.xml);
    expect(found['/data/meta/entity/@dataset']).toBe('people');
    expect(found['/data/meta/entity/@id']).toBe(piao);
    expect(['1', 'true']).toContain(found['/data/meta/entity/@update']);
    const consent_on = found['/data/consent_now_on']!;
    expect(consent_on).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(finished.saves).toEqual([
      { list: 'people', id: piao, label: null, properties: { consent: 'record_only', consent_on }, creates: false },
    ]);
  });

  it('saves nothing when consent was on file', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'nobody');
    const finished = await filling.finish();
    expect(finished).toMatchObject({ ok: true, saves: [] });
  });

  it('can be done again when the store could not keep it, and is still the same record', async () => {
    const filling = await open('contact');
    filling.set('/data/person', na);
    filling.set('/data/contact', 'hospital');
    const first = await filling.finish();
    const second = await filling.finish();
    if (!first.ok || !second.ok) throw new Error('not finished');
    const { '/data/end': _first, ...before } = leaves(first.xml);
    const { '/data/end': _second, ...after } = leaves(second.xml);
    expect(after).toEqual(before);
  });
});

describe('the entity of a record', () => {
  const file = readFormFile(care);
  const record = (entity: string) =>
    `<data id="x" version="1"><consent_now>all</consent_now><meta>${entity}<instanceID>uuid:1</instanceID></meta></data>`;

  it('is created with its label, and keeps what was not asked as it is', () => {
    const xml = record('<entity dataset="people" id="uuid:e1" create="1"><label> 朴顺姬 3号楼 </label></entity>');
    expect(entityOf(file, xml)).toEqual({
      list: 'people',
      id: 'e1',
      label: '朴顺姬 3号楼',
      properties: { consent: 'all' },
      creates: true,
    });
  });

  it.each(['', '<entity dataset="people" id="e1" update="false"/>', '<entity dataset="people" id="" update="1"/>'])(
    'is none in %j',
    (entity) => expect(entityOf(file, record(entity))).toBeNull(),
  );
});

describe('a whole record', () => {
  it('is the one that the server is known to read', async () => {
    const filling = await open('care');
    const today = filling.get('/data/today');
    for (const [path, text] of [
      ['/data/person', piao],
      ['/data/door', 'opened'],
      ['/data/consent_now', 'all'],
      ['/data/care/tasks', 'stove meal'],
      ['/data/care/ate', 'little'],
      ['/data/care/medicine', 'forgotten'],
      ['/data/care/hazard', 'cold stove'],
      ['/data/care/room_temp', '－３'],
      ['/data/wellbeing', 'low'],
      ['/data/need', 'revisit'],
      ['/data/revisit_on', today],
      ['/data/note', ' 炉子 <旧> & "漏" 👵\r\n明天带煤\u0007 '],
    ] as const) {
      filling.set(path, text);
    }
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
    const found = leaves(finished.xml);
    const known = record
      .trimEnd()
      .replaceAll('{version}', filling.file.version)
      .replaceAll('{start}', found['/data/start']!)
      .replaceAll('{end}', found['/data/end']!)
      .replaceAll('{today}', today)
      .replaceAll('{instanceID}', found['/data/meta/instanceID']!);
    expect(finished.xml).toBe(known);
  });
});
