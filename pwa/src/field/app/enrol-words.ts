/** Why this phone could not be joined to a team, and what to do next. The county's own words come first. */
import { t } from '../../i18n';
import { StoreError } from '../../store';
import { EnrolError } from '../../sync';
import { storeWords } from './trouble';

export function enrolWords(cause: unknown): string {
  if (cause instanceof StoreError) return storeWords(cause);
  if (!(cause instanceof EnrolError)) return t('field.enrolNoKey');
  const { code, title, next } = cause.problem;
  if (code === 'offline') return t('field.enrolOffline');
  const words = [title, next].filter((each) => each !== '').join(t('field.gap'));
  return words === '' ? t('field.enrolTrouble') : words;
}
