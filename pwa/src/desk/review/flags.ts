/**
 * A flag in words: what was noticed with its evidence, and an innocent reading beside it. A flag is a hint, never a
 * verdict. One that this page does not know yet is shown by its code rather than hidden.
 */
import type { Flag } from '../../api/types';
import { t } from '../../i18n';
import { inMetres } from './distance';

export interface FlagWords {
  short: string;
  /** the evidence in a sentence, and how it may have come about */
  long: string;
  innocent: string;
}

const number = (flag: Flag, name: string): number | null => {
  const value = flag.detail[name];
  return typeof value === 'number' ? value : null;
};

export function metresWords(metres: number): string {
  const { unit, n } = inMetres(metres);
  return unit === 'm' ? t('desk.metres', { n }) : t('desk.kilometres', { n });
}

export function flagWords(flag: Flag): FlagWords {
  switch (flag.code) {
    case 'far_from_home': {
      const metres = number(flag, 'distance_m');
      const short = metres === null ? t('desk.flag_far') : t('desk.flag_far_by', { distance: metresWords(metres) });
      return { short, long: short, innocent: t('desk.flag_far_innocent') };
    }
    case 'too_short': {
      const [minutes, fewest] = [number(flag, 'minutes'), number(flag, 'fewest')];
      const short = minutes === null ? t('desk.flag_short') : t('desk.flag_short_by', { n: minutes });
      const long = minutes === null || fewest === null ? short : t('desk.flag_short_long', { n: minutes, fewest });
      return { short, long, innocent: t('desk.flag_short_innocent') };
    }
    case 'no_position':
      return {
        short: t('desk.flag_no_position'),
        long: t('desk.flag_no_position_long'),
        innocent: t('desk.flag_no_position_innocent'),
      };
    case 'clock_uncertain':
      return { short: t('desk.flag_clock'), long: t('desk.flag_clock_long'), innocent: t('desk.flag_clock_innocent') };
    case 'not_a_member':
      return {
        short: t('desk.flag_member'),
        long: t('desk.flag_member_long'),
        innocent: t('desk.flag_member_innocent'),
      };
    case 'person_unknown':
      return {
        short: t('desk.flag_person'),
        long: t('desk.flag_person_long'),
        innocent: t('desk.flag_person_innocent'),
      };
    case 'two_versions':
      return { short: t('desk.flag_two'), long: t('desk.flag_two_long'), innocent: t('desk.flag_two_innocent') };
    default:
      return { short: flag.code, long: t('desk.flag_other', { code: flag.code }), innocent: '' };
  }
}
