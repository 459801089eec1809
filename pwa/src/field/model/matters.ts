/** Entries that are no people: a form of a matter opens them itself, and nobody is visited for their sake. */
import type { FormHead } from '../../store/types';

/** The lists of such entries. */
export function matterLists(forms: readonly FormHead[]): ReadonlySet<string> {
  const opened = forms.filter((form) => form.kind === 'case' && form.creates === true);
  return new Set(opened.flatMap(({ list }) => list ?? []));
}
