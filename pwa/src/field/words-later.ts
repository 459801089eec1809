/** Why times that she says afterwards do not fit. */
import '../i18n/areas/phone-later';
import { t } from '../i18n';
import type { LaterProblem } from './model/later';

export function laterWords(problem: LaterProblem | null): string | null {
  switch (problem) {
    case null:
      return null;
    case 'missing':
      return t('field.laterMissing');
    case 'order':
      return t('field.laterOrder');
    case 'future':
      return t('field.laterFuture');
    case 'old':
      return t('field.laterOld');
  }
}
