/** Photos, recordings, films and files of one visit, said as lines: pictures first, each with its number. */
import { formatBytes, t } from '../../i18n';
import type { CaptureCard } from '../../store';
import { isPicture, shareOf } from '../model/files';
import type { FileLine } from '../parts/FileRow';
import type { Previews } from '../visit/previews';
import { fileWords } from '../words-visits';

export function fileLines(files: readonly CaptureCard[], wifi: boolean, previews: Previews): FileLine[] {
  const left = files.filter(({ state }) => state !== 'draft');
  const line = (file: CaptureCard, title: string): FileLine => ({
    name: file.name,
    title,
    picture: isPicture(file),
    url: isPicture(file) ? previews.of(file.name)() : null,
    chip: chipOf(file.state),
    words: wordsOf(file, wifi),
    share: shareOf(file),
  });
  return [
    ...left.filter(isPicture).map((file, index) => line(file, t('visits.photoN', { n: index + 1 }))),
    ...left
      .filter((file) => !isPicture(file))
      .map((file, index) => line(file, t(otherWords(file.type), { n: index + 1 }))),
  ];
}

function otherWords(type: string): 'visits.recordingN' | 'visits.filmN' | 'visits.fileN' {
  if (type.startsWith('audio/')) return 'visits.recordingN';
  return type.startsWith('video/') ? 'visits.filmN' : 'visits.fileN';
}

/** What the chip beside it does not say already. */
function wordsOf(file: CaptureCard, wifi: boolean): string {
  const share = shareOf(file);
  if (share !== null) return t('visits.sentShare', { n: share });
  const size = formatBytes(file.bytes);
  switch (file.state) {
    case 'draft':
    case 'received':
      return size;
    case 'waiting':
      return wifi ? [fileWords('waiting', true), size].join(t('visits.comma')) : size;
    case 'sending':
    case 'aside':
    case 'lost':
      return [fileWords(file.state), size].join(t('visits.comma'));
  }
}

function chipOf(state: CaptureCard['state']): FileLine['chip'] {
  switch (state) {
    case 'waiting':
    case 'sending':
    case 'received':
      return state;
    case 'aside':
      return 'received';
    case 'draft':
    case 'lost':
      return null;
  }
}
