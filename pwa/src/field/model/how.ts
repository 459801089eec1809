/**
 * What an answer at the door or on the telephone says about the contact: was the person, or somebody who can speak for
 * the person, reached? The codes are those of the forms' own door and contact questions. One that is not known here is
 * neither a yes nor a no: the visit counts as recorded.
 */
export const reachedBy = {
  opened: true,
  came: true,
  seen: true,
  met: true,
  family: true,
  phone: true,
  hospital: true,
  nobody: false,
  no_answer: false,
  not_met: false,
  away: false,
  refused: false,
  declined: false,
  put_off: false,
  unsafe: false,
  moved: false,
  deceased: false,
} as const;

export type KnownHow = keyof typeof reachedBy;

export function knownHow(how: string | null): KnownHow | null {
  return how !== null && Object.hasOwn(reachedBy, how) ? (how as KnownHow) : null;
}

export function reached(how: string | null): boolean | null {
  const known = knownHow(how);
  return known === null ? null : reachedBy[known];
}
