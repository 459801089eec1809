/** With the real engine and the real form: what cannot be taken is opened, mended, and fits. */
import { describe, expect, it } from 'vitest';
import { piao } from '../../forms/fixtures/cast';
import care from '../../forms/fixtures/day-care-visit.xml?raw';
import sent from '../../forms/fixtures/day-care-visit.record.xml?raw';
import { inVersion, openRecord, rowsOf } from './opening';

const form = { record: 'r1', form: 'day-care-visit', version: '2026112901', sha256: '', title: { zh: '', en: '' } };
const xml = sent
  .replace('{version}', '1')
  .replaceAll('{today}', new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10))
  .replace(/<room_temp>[^<]*</, '<room_temp>abc<');
const person = { list: 'people', id: piao, label: '朴顺姬' };
const open = (broken: string, readable = true) =>
  openRecord({
    files: () => Promise.resolve(null),
    record: { record: 'r1', xml: broken, list_rows: {} },
    form,
    xform: care,
    person,
    user: '佟立岩',
    readable,
  });

describe('a record that could not be taken', () => {
  it('opens with what fits, in the version that the county has, and asks for what does not', async () => {
    const { filling, anew } = await open(xml);
    expect(anew).toBe(false);
    expect(filling.get('/data/person')).toBe(piao);
    expect(filling.get('/data/care/ate')).toBe('little');
    expect(filling.get('/data/care/room_temp')).toBe('');
    filling.set('/data/care/room_temp', '14');
    const finished = await filling.finish();
    if (!finished.ok) throw new Error(JSON.stringify(finished));
    expect(finished.xml).toContain('version="2026112901"');
    expect(finished.xml).toContain('<room_temp>14</room_temp>');
    expect(finished.listRows.people).toEqual([{ name: piao, label: '朴顺姬' }]);
    filling.dispose();
  });

  it.each([
    ['another form', xml.replace('id="day-care-visit"', 'id="daily-contact"'), true],
    ['what the county could not read', xml.slice(0, 300), false],
  ])('is begun anew where it is %s', async (_name, broken, readable) => {
    const { filling, anew } = await open(broken, readable);
    expect(anew).toBe(true);
    expect(filling.get('/data/door')).toBe('');
    filling.dispose();
  });
});

it('the person of the visit is a row even where the record lost her, and is not named twice', () => {
  expect(rowsOf({ list_rows: {} }, person).people).toEqual([{ name: piao, label: '朴顺姬' }]);
  const read = { people: [{ name: piao, label: '朴顺姬（旧）' }] };
  expect(rowsOf({ list_rows: read }, person)).toEqual(read);
  expect(rowsOf({}, null)).toEqual({});
});

it('what is no XML has no version', () => {
  expect(inVersion('<data version="1"><a/>', '2')).toBeNull();
});
