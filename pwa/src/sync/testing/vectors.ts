/**
 * The hand-written expectations that bind both languages, read from where Python reads them. A vector names who must
 * pass it; those that a JavaScript value cannot even express are Python's alone.
 */

const files = import.meta.glob<Record<string, unknown>>('../../../../sync/vectors/*.json', {
  eager: true,
  import: 'default',
});

export interface Vector {
  readonly name: string;
  readonly rule: string;
  readonly must: readonly string[];
}

/** The vectors of one group that TypeScript must pass, each titled with its rule. Throws where there are none. */
export function vectors<V>(file: string, group: string): [title: string, vector: V & Vector][] {
  const found = files[`../../../../sync/vectors/${file}.json`]?.[group];
  const mine = Array.isArray(found) ? (found as (V & Vector)[]).filter((vector) => vector.must.includes('ts')) : [];
  if (mine.length === 0) throw new Error(`no vectors in ${file}.json under ${group}`);
  return mine.map((vector) => [`[${vector.rule}] ${vector.name}`, vector]);
}

export function bytesOf(hexText: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hexText.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
