/** How long a recording is, in words. */
import { t } from '../../i18n';
import { PIECE_MS } from './recorder';

export function lengthWords(seconds: number): string {
  if (seconds < 60) return t('visits.voiceSeconds', { n: seconds });
  return t('visits.voiceMinutes', { m: Math.floor(seconds / 60), s: seconds % 60 });
}

/** Of a recording that was cut off: all that is known is how many pieces reached the disk. */
export const secondsOf = (pieces: number): number => Math.round((pieces * PIECE_MS) / 1000);
