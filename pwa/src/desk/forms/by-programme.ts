/** Forms in groups: by their programme, in the order in which they come; those of every team last. */
import type { FormLine } from '../../api/types';

export interface ProgrammeForms {
  readonly programme: FormLine['programme'];
  readonly forms: readonly FormLine[];
}

export function byProgramme(forms: readonly FormLine[]): ProgrammeForms[] {
  const groups = new Map<string, FormLine[]>();
  for (const form of forms) {
    const key = form.programme?.key ?? '';
    groups.set(key, [...(groups.get(key) ?? []), form]);
  }
  const everyTeam = groups.get('');
  groups.delete('');
  if (everyTeam !== undefined) groups.set('', everyTeam);
  return [...groups.values()].map((group) => ({ programme: group[0]!.programme, forms: group }));
}
