/** What is chosen while one settles: for a field in dispute nothing, until somebody has chosen. */
import type { Choice, Differing } from '../../api/types';

export type Chosen = Readonly<Record<string, string>>;

/** The version whose value stands there now; null: it is still to be chosen. */
export function standing(field: Differing, chosen: Chosen): string | null {
  const said = chosen[field.field] ?? null;
  if (said !== null || field.conflict) return said;
  return field.values[0]?.revision ?? null;
}

export const undecided = (fields: readonly Differing[], chosen: Chosen): Differing[] =>
  fields.filter((field) => standing(field, chosen) === null);

/** What is told to the county: every dispute, and of the rest only what is to be otherwise than it was merged. */
export function choicesOf(fields: readonly Differing[], chosen: Chosen): Choice[] {
  return fields.flatMap((field) => {
    const revision = chosen[field.field];
    if (revision === undefined || (!field.conflict && revision === field.values[0]?.revision)) return [];
    return [{ field: field.field, revision }];
  });
}
