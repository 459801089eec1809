/** It was tried again and is still refused: the reason may have changed; what to do about it is the desk's to say. */
import { ApiProblem, asProblem } from '../../api/problem';
import { t } from '../../i18n';
import { afterRelease, isReason, reasonTitle } from './reasons';

export function stillStuck(thrown: unknown): never {
  const { code, status, params } = asProblem(thrown);
  if (!isReason(code)) throw thrown;
  throw new ApiProblem(code, status, t('desk.stillStuck', { why: reasonTitle(code) }), afterRelease(code), params);
}
