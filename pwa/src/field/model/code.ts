/**
 * An enrolment code as it is typed or scanned: eight letters and digits. Forgiving in what the hand does (small
 * letters, blanks, hyphens, full-width keys), exact in what is sent. A card's square holds the app's own address with
 * `?code=…`, so that any camera opens the app with it.
 */
export const CODE_LENGTH = 8;

/** What remains of a typed or pasted text: capitals and digits, at most eight. */
export function codeOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, CODE_LENGTH);
}

export const complete = (code: string): boolean => code.length === CODE_LENGTH;

/** The code in a scanned square: an address of any host with `?code=`, or the bare eight characters. Null: not ours. */
export function codeFromSquare(text: string): string | null {
  const bare = text.trim();
  if (/^[A-Za-z0-9]{4}[- ]?[A-Za-z0-9]{4}$/.test(bare)) return codeOf(bare);
  return codeFromAddress(bare);
}

/** The code in the address that opened the app, null when it has none. */
export function codeFromAddress(address: string): string | null {
  let given: string | null;
  try {
    given = new URL(address).searchParams.get('code');
  } catch {
    return null; // no address at all
  }
  const code = codeOf(given ?? '');
  return complete(code) ? code : null;
}

/** A letter that no code has, because a reader takes it for another; null when all are good. */
export function strangeIn(code: string): string | null {
  return /[01ILO]/.exec(code)?.[0] ?? null;
}
