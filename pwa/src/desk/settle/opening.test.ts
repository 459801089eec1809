/** With the real engine and the real form: a merged record is written anew, and asks for what it asks only now. */
import { describe, expect, it } from 'vitest';
import { piao } from '../../forms/fixtures/cast';
import care from '../../forms/fixtures/day-care-visit.xml?raw';
import sent from '../../forms/fixtures/day-care-visit.record.xml?raw';
import { openMerged, rewritten } from './opening';

const version = /version="(\d+)"/.exec(care)?.[1] ?? '';
const xml = sent
  .replace('{version}', version)
  .replaceAll('{today}', new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
const record = (text: string) => ({
  record: 'r1',
  xml: text,
  list_rows: { people: [{ name: piao, label: '朴顺姬', consent: 'all' }] },
});

describe('a merged record', () => {
  it('is written anew with the same answers', async () => {
    const written = await rewritten(record(xml), { xform: care, user: '佟立岩', files: () => Promise.resolve(null) });
    expect(written).toContain('<ate>little</ate>');
    expect(written).toContain(piao);
  });

  it('asks for what one side’s answer opened and nobody has answered, and is locked else', async () => {
    const without = xml.replace(/<ate>[^<]*<\/ate>/, '');
    expect(
      await rewritten(record(without), { xform: care, user: '佟立岩', files: () => Promise.resolve(null) }),
    ).toBeNull();
    const filling = await openMerged(record(without), {
      xform: care,
      user: '佟立岩',
      files: () => Promise.resolve(null),
    });
    expect(filling.locked(filling.question('/data/care/ate')!)).toBe(false);
    expect(filling.locked(filling.question('/data/door')!)).toBe(true);
    filling.set('/data/care/ate', 'well');
    expect(await filling.finish()).toMatchObject({ ok: true });
    filling.dispose();
  });
});
