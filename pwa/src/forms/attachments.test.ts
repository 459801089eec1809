import { describe, expect, it } from 'vitest';
import { kept, na, open } from './fixtures/cast';

const A = 'a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const B = 'b1b2c3d4e5f60718293a4b5c6d7e8f90.webp';
const VOICE = 'c1b2c3d4e5f60718293a4b5c6d7e8f90.webm';

const inXml = (xml: string, name: string) =>
  new DOMParser().parseFromString(xml, 'text/xml').querySelector(`:root > ${name}`)?.textContent ?? null;

describe('a photo or a recording', () => {
  it('is a question of its kind, with the size that the form allows', async () => {
    const filling = await open('photos');
    const kinds = ['/data/stove', '/data/voice', '/data/clip'].map((path) => filling.question(path)?.kind);
    expect([kinds, filling.question('/data/stove')?.maxPixels, filling.question('/data/voice')?.maxPixels]).toEqual([
      ['image', 'audio', 'video'],
      1600,
      null,
    ]);
  });

  it('stands in the record by exactly the name that it was given, the newest only', async () => {
    const filling = await open('photos');
    filling.set('/data/stove', A);
    expect(inXml(filling.draft().xml, 'stove')).toBe(A);
    filling.set('/data/stove', B);
    filling.set('/data/pipe', A);
    filling.set('/data/voice', VOICE);
    const finished = await filling.finish();
    if (!finished.ok) throw new Error('not finished');
    expect(['stove', 'pipe', 'voice'].map((name) => inXml(finished.xml, name))).toEqual([B, A, VOICE]);
  });

  it('may be the same file at two questions', async () => {
    const filling = await open('photos');
    filling.set('/data/stove', A);
    filling.set('/data/pipe', A);
    const again = await open('photos', { draft: kept(filling.draft()) });
    again.set('/data/pipe', '');
    expect([again.get('/data/stove'), again.get('/data/pipe')]).toEqual([A, '']);
  });

  it('that must be there is missed in its own words', async () => {
    const filling = await open('photos');
    const words = () => filling.wrong(filling.question('/data/stove')!)?.words;
    expect(words()).toBe('请拍一张');
    filling.set('/data/stove', A);
    expect(words()).toBeUndefined();
    filling.set('/data/stove', '');
    expect(words()).toBe('请拍一张');
  });

  it('is in the draft, which opened again is the same draft, and can be taken away there', async () => {
    const filling = await open('photos');
    filling.set('/data/stove', A);
    filling.set('/data/voice', VOICE);
    const draft = kept(filling.draft());
    const again = await open('photos', { draft });
    expect(again.draft()).toEqual(draft);
    expect([again.get('/data/stove'), again.get('/data/voice')]).toEqual([A, VOICE]);
    again.set('/data/stove', '');
    expect(inXml(again.draft().xml, 'stove')).toBe('');
    const third = await open('photos', { draft: kept(again.draft()) });
    expect(third.get('/data/stove')).toBe('');
    third.set('/data/stove', B);
    expect(inXml(third.draft().xml, 'stove')).toBe(B);
  });

  it('that is hidden is blank in the record, kept in the draft, and there again when it is asked again', async () => {
    const filling = await open('care');
    filling.set('/data/person', na);
    filling.set('/data/door', 'opened');
    filling.set('/data/photo', A);
    filling.set('/data/voice', VOICE);
    filling.set('/data/door', 'nobody');
    expect([filling.get('/data/photo'), inXml(filling.draft().xml, 'photo')]).toEqual(['', null]);
    const draft = kept(filling.draft());
    const again = await open('care', { draft });
    expect(again.draft()).toEqual(draft);
    again.set('/data/door', 'opened');
    expect([again.get('/data/photo'), again.get('/data/voice')]).toEqual([A, VOICE]);
    expect(inXml(again.draft().xml, 'photo')).toBe(A);
    again.set('/data/photo', '');
    again.set('/data/door', 'nobody');
    again.set('/data/door', 'opened');
    expect(again.get('/data/photo')).toBe('');
  });
});
