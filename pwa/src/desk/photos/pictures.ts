/**
 * The photos and recordings of a visit, and what is said about one that cannot be shown: where it is, and what to do.
 */
import type { AnswerRow, Attachment } from '../../api/types';
import { type Both, formatTime, t } from '../../i18n';
import { zone } from '../session/session';
import type { FileHere, Files } from './files';

/** One that can be looked at large. */
export interface Picture {
  label: Both;
  attachment: Attachment;
}

/** By its ending where the record does not list it. */
export const isPhoto = ({ type, name }: Attachment): boolean =>
  type?.startsWith('image/') ?? /\.(jpg|png|webp)$/.test(name);

/** How the other files are given: heard, seen, or taken home. */
export function kindOf({ type, name }: Attachment): 'photo' | 'voice' | 'film' | 'paper' {
  if (isPhoto({ type, name } as Attachment)) return 'photo';
  if (type?.startsWith('video/') ?? name.endsWith('.mp4')) return 'film';
  return type === 'application/pdf' || (type === null && name.endsWith('.pdf')) ? 'paper' : 'voice';
}

/** Something of it can be looked at. */
export const canShow = ({ state }: Attachment): boolean => state === 'preview' || state === 'here';

export type Answered = { readonly answers: readonly Pick<AnswerRow, 'label' | 'attachment'>[] };

export function picturesOf(records: readonly Answered[]): Picture[] {
  return records.flatMap((record) =>
    record.answers.flatMap(({ label, attachment }) =>
      attachment !== null && isPhoto(attachment) ? [{ label, attachment }] : [],
    ),
  );
}

/** Of one that has come in some form: then its hash is known. */
export const pathOf = (base: string, { sha256 }: Attachment): string => `${base}/photos/${sha256 ?? ''}`;

/** The small one, which is there first; where none ever came, the whole. */
export function small(files: Files, base: string, attachment: Attachment): FileHere {
  const preview = files(`${pathOf(base, attachment)}/preview`);
  return attachment.state === 'here' && preview.problem()?.status === 404 ? files(pathOf(base, attachment)) : preview;
}

/** 照片上写着 9:02: what the camera wrote, not when it was. */
export const saidAt = ({ said_at }: Attachment): string =>
  said_at === null ? '' : t('desk.photoSays', { time: formatTime(said_at, zone()) });

const asideReasons = ['photo_unreadable', 'photo_too_large', 'photo_type'] as const;

/** Why there is nothing to look at, and what to do about it; empty where there is. */
export function missingWords(attachment: Attachment): { title: string; next: string } | null {
  switch (attachment.state) {
    case 'awaited':
      return { title: t('desk.photoAwaited'), next: t('desk.photoAwaitedNext') };
    case 'lost':
      return { title: t('desk.photoLost'), next: t('desk.photoLostNext') };
    case 'aside': {
      const known = asideReasons.find((each) => each === attachment.reason) ?? 'photo_unreadable';
      return { title: t(`desk.aside_${known}`), next: t('desk.photoAsideNext') };
    }
    case 'preview':
    case 'here':
      return null;
  }
}
