/**
 * Why something stands aside, and what the desk can do about it. The server's own words are for the volunteer who sent
 * it ("you are not in this team"); here somebody else reads them. A code that the server learns and this page has no
 * words for does not compile.
 */
import type { QuarantineDetail, QuarantineItem } from '../../api/types';
import { inWords, type Key, t } from '../../i18n';

export type Reason = QuarantineItem['code'];
/** Words without blanks to fill. */
type Words<Kind extends string> = Extract<Key, `desk.${Kind}_${string}`>;

const words: Readonly<Record<Reason, { title: Words<'why'>; mend: Words<'mend'> }>> = {
  already_decided: { title: 'desk.why_already_decided', mend: 'desk.mend_already_decided' },
  answers_do_not_fit: { title: 'desk.why_answers_do_not_fit', mend: 'desk.mend_answers_do_not_fit' },
  device_revoked: { title: 'desk.why_device_revoked', mend: 'desk.mend_device_revoked' },
  form_version_unknown: { title: 'desk.why_form_version_unknown', mend: 'desk.mend_form_version_unknown' },
  malformed: { title: 'desk.why_malformed', mend: 'desk.mend_malformed' },
  not_your_team: { title: 'desk.why_not_your_team', mend: 'desk.mend_not_your_team' },
  not_your_visit: { title: 'desk.why_not_your_visit', mend: 'desk.mend_not_your_visit' },
  op_id_reused: { title: 'desk.why_op_id_reused', mend: 'desk.mend_op_id_reused' },
  text_not_allowed: { title: 'desk.why_text_not_allowed', mend: 'desk.mend_text_not_allowed' },
  too_large: { title: 'desk.why_too_large', mend: 'desk.mend_too_large' },
  unknown_kind: { title: 'desk.why_unknown_kind', mend: 'desk.mend_unknown_kind' },
  version_retired: { title: 'desk.why_version_retired', mend: 'desk.mend_version_retired' },
  visit_unknown: { title: 'desk.why_visit_unknown', mend: 'desk.mend_visit_unknown' },
  waits: { title: 'desk.why_waits', mend: 'desk.mend_waits' },
  xml_unreadable: { title: 'desk.why_xml_unreadable', mend: 'desk.mend_xml_unreadable' },
};

export const reasons = Object.keys(words) as readonly Reason[];

export const isReason = (code: string): code is Reason => Object.hasOwn(words, code);

export const reasonTitle = (code: Reason): string => t(words[code].title);

export const mendWords = (code: Reason): string => t(words[code].mend);

/** What to do about just this, where more is known than its code. */
export const nextWords = ({ code, why }: Pick<QuarantineDetail, 'code' | 'why'>): string =>
  why?.next ?? mendWords(code);

/** A release already vouches for the author: a team that still does not fit is another team than the visit's. */
export const afterRelease = (code: Reason): string =>
  code === 'not_your_team' ? t('desk.mend_other_team') : mendWords(code);

/** Where it does not fit, the question by its label, and what is wrong there. */
export function whereWords(item: Pick<QuarantineDetail, 'where' | 'question' | 'why'>): string {
  const place = item.question === null ? (item.where ?? '') : inWords(item.question);
  const wrong = item.why?.title ?? '';
  return place !== '' && wrong !== '' ? t('desk.misfit_at', { place, what: wrong }) : place + wrong;
}

/** What fills in anew would help, so that is offered first. */
const FILLED_ANEW: readonly Reason[] = [
  'answers_do_not_fit',
  'xml_unreadable',
  'text_not_allowed',
  'form_version_unknown',
];
export const mendsFirst = (item: Pick<QuarantineDetail, 'code' | 'mendable'>): boolean =>
  item.mendable && FILLED_ANEW.includes(item.code);
