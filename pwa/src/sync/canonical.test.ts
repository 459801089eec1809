import { describe, expect, it, test } from 'vitest';
import { NotCanonical, canonical, sha256 } from './canonical';
import { vectors } from './testing/vectors';

describe('the canonical spelling', () => {
  test.each(vectors<{ json: string; canonical: string; sha256: string }>('canonical', 'canonical'))(
    '%s',
    async (_, v) => {
      const value: unknown = JSON.parse(v.json);
      expect(new TextDecoder().decode(canonical(value))).toBe(v.canonical);
      expect(await sha256(value)).toBe(v.sha256);
    },
  );

  test.each(vectors<{ json: string; reason: string }>('canonical', 'refused'))('refuses %s', (_, v) => {
    let reason = 'taken';
    try {
      canonical(JSON.parse(v.json));
    } catch (error) {
      reason = error instanceof NotCanonical ? error.reason : String(error);
    }
    expect(reason).toBe(v.reason);
  });

  it('[S2] refuses what JSON would silently leave out', () => {
    expect(() => canonical({ a: undefined })).toThrow('no_json at /a');
    expect(() => canonical([() => 1])).toThrow('no_json at /0');
    expect(() => canonical({ 'a/b': { '~': 0.5 } })).toThrow('not_an_integer at /a~1b/~0');
  });
});
