/**
 * Photos, recordings, films and files as the pages speak of them: how many of a visit are where, and how much of them is still to go.
 * A draft's files are its own affair: they wait for nothing yet.
 */
import type { CaptureCard } from '../../store/types';

type File = Pick<CaptureCard, 'type' | 'state' | 'bytes' | 'sent'>;

export const isPicture = ({ type }: Pick<CaptureCard, 'type'>): boolean => type.startsWith('image/');

export const isRecording = ({ type }: Pick<CaptureCard, 'type'>): boolean => type.startsWith('audio/');

/** Nothing more has to go out for it. */
const SETTLED: readonly CaptureCard['state'][] = ['received', 'aside', 'lost'];
const leaves = ({ state }: Pick<CaptureCard, 'state'>): boolean => state === 'waiting' || state === 'sending';

export interface FilesSum {
  readonly count: number;
  readonly received: number;
  readonly waiting: number;
  readonly sending: number;
  readonly aside: number;
  readonly lost: number;
  /** still to be sent */
  readonly bytes: number;
}

export function sumOf(files: readonly File[]): FilesSum {
  const of = (state: CaptureCard['state']) => files.filter((file) => file.state === state).length;
  const leaving = files.filter(leaves);
  return {
    count: files.length,
    received: of('received'),
    waiting: of('waiting'),
    sending: of('sending'),
    aside: of('aside'),
    lost: of('lost'),
    bytes: leaving.reduce((sum, { bytes, sent }) => sum + Math.max(0, bytes - sent), 0),
  };
}

export const allThere = (sum: FilesSum): boolean => sum.count > 0 && sum.received === sum.count;

/** For the line where the work is. */
export function filesLeft(files: readonly File[]): { photos: number; voices: number } {
  const leaving = files.filter(leaves);
  const photos = leaving.filter(isPicture).length;
  return { photos, voices: leaving.length - photos };
}

/** Whole per cent that have arrived, while a file is on its way; null otherwise. */
export function shareOf({ state, bytes, sent }: File): number | null {
  if (state !== 'sending' || bytes <= 0) return null;
  return Math.min(99, Math.floor((sent / bytes) * 100));
}

export const isSettled = ({ state }: Pick<CaptureCard, 'state'>): boolean => SETTLED.includes(state);
