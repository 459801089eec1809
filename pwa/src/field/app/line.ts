/** The exchange with the county as pages speak of it. */
import { t } from '../../i18n';
import type { Problem, SyncStatus } from '../../sync';
import type { Line } from '../model/sent';

export const lineOf = (status: SyncStatus): Line => status.at;

/** Why nothing goes out just now, and what happens next; null when nothing stands in the way. */
export function lineWords(status: SyncStatus, timeOf: (ms: number) => string): string | null {
  if (status.at === 'offline') return t('field.reasonOffline');
  if (status.at !== 'trouble') return null;
  const why = problemWords(status.problem);
  const next = status.nextTryAt === null ? '' : t('field.sendLater', { time: timeOf(status.nextTryAt) });
  return [why, next].filter((words) => words !== '').join(' ');
}

function problemWords(problem: Problem | undefined): string {
  if (problem === undefined) return '';
  if (problem.code === 'device_revoked') return t('field.revoked');
  return [problem.title, problem.next].filter((words) => words !== '').join(t('field.gap'));
}
