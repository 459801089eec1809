/**
 * An answer in a row of a repeat has two names. The form's own path numbers each row where it stands,
 * `/data/heap[2]/spot`, and is what the renderer goes by. The county numbers the answer among all of that question in
 * the record, `/data/heap/spot[2]`, and is what a reviewer's word is pinned to.
 */
const NUMBERS = /\[[^\]]*\]/g;

/** The question's path in the form, without any row. */
export function schemaOf(path: string): string {
  return path.replace(NUMBERS, '');
}

/** The county's name of each answer of these paths; they come in the form's order. */
export function placesOf(paths: Iterable<string>): Map<string, string> {
  const places = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const path of paths) {
    const schema = schemaOf(path);
    const n = (seen.get(schema) ?? 0) + 1;
    seen.set(schema, n);
    places.set(path, path === schema ? path : `${schema}[${n}]`);
  }
  return places;
}
