/** What the later pages say of files, of what came back and of notices. They bring their words along. */
import '../i18n/areas/phone-later';
import { formatBytes, t } from '../i18n';
import type { CaptureCard, CaptureState, NoticeCard } from '../store';
import { allThere, type FilesSum, isPicture, isRecording, sumOf } from './model/files';

/** Where one file is. `wifi`: large pictures wait for it. */
export function fileWords(state: Exclude<CaptureState, 'draft'>, wifi = false): string {
  switch (state) {
    case 'waiting':
      return wifi ? t('visits.fileWifi') : t('visits.fileWaiting');
    case 'sending':
      return t('visits.fileSending');
    case 'received':
      return t('visits.fileReceived');
    case 'aside':
      return t('visits.fileAside');
    case 'lost':
      return t('visits.fileLost');
  }
}

/** 照片 2 张：1 张县里已收到，1 张等 Wi-Fi，240 kB; null: there are none. */
export function filesWords(files: readonly CaptureCard[], wifi: boolean): string | null {
  const photos = sumOf(files.filter(isPicture));
  const voices = sumOf(files.filter(isRecording));
  const others = sumOf(files.filter((file) => !isPicture(file) && !isRecording(file)));
  const kinds = [
    {
      what: t('visits.photos', { n: photos.count }),
      sum: photos,
      count: (n: number) => t('visits.countPhotos', { n }),
    },
    {
      what: t('visits.recordings', { n: voices.count }),
      sum: voices,
      count: (n: number) => t('visits.countRecordings', { n }),
    },
    {
      what: t('visits.others', { n: others.count }),
      sum: others,
      count: (n: number) => t('visits.countOthers', { n }),
    },
  ].filter(({ sum }) => sum.count > 0);
  if (kinds.length === 0) return null;
  if (kinds.every(({ sum }) => allThere(sum))) {
    const what = kinds.map((kind) => kind.what).join(t('visits.and'));
    return t('visits.filesLine', { what, where: t('visits.filesAll') });
  }
  return kinds.map(({ what, sum, count }) => lineOf(what, sum, wifi, count)).join(t('field.gap'));
}

function lineOf(what: string, sum: FilesSum, wifi: boolean, count: (n: number) => string): string {
  if (allThere(sum)) return t('visits.filesLine', { what, where: t('visits.filesAll') });
  /** Where all are in the same place, how many they are is said already. */
  const some = (n: number) => (n === sum.count ? '' : count(n));
  const bytes = formatBytes(sum.bytes);
  const waiting = (which: string) =>
    wifi ? t('visits.filesWifi', { which, bytes }) : t('visits.filesWaiting', { which, bytes });
  const parts = [
    sum.received > 0 && t('visits.filesReceived', { which: some(sum.received) }),
    sum.aside > 0 && t('visits.filesAside', { which: some(sum.aside) }),
    sum.sending > 0 && t('visits.filesSending', { which: some(sum.sending), bytes }),
    sum.waiting > 0 && waiting(some(sum.waiting)),
    sum.lost > 0 && t('visits.filesLost', { which: some(sum.lost) }),
  ].filter((part) => part !== false);
  return t('visits.filesLine', { what, where: parts.map((part) => part.trim()).join(t('visits.comma')) });
}

export function noticeWords({ kind, by }: Pick<NoticeCard, 'kind' | 'by'>): string {
  const who = by ?? t('visits.county');
  switch (kind) {
    case 'returned':
      return t('visits.noticeReturned', { by: who });
    case 'approved':
      return t('visits.noticeApproved', { by: who });
    case 'released':
      return t('visits.noticeReleased');
    case 'noted':
      return t('visits.noticeNoted', { by: who });
  }
}
