/** Who came to a place, in words. */
import { t } from '../i18n';

/** Those of the team by name, and how many others. */
export interface Together {
  readonly names: readonly string[];
  readonly all: number;
  readonly helpers: number;
}

export function groupWords({ names, all: n, helpers }: Together): string {
  const said = { n, names: names.join(t('forms.comma')) };
  return helpers === 0 ? t('group.toldNamed', said) : t('group.toldHelpers', { ...said, helpers });
}
