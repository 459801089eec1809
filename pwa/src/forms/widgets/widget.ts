/** What every widget gets: a question, the text of its box, the sentence to show, and whom to tell. It knows no store. */
import { t } from '../../i18n';
import type { AttachmentHost } from '../attachments';
import { chosenOf, type Question } from '../model';
import { dayWords, momentWords } from './days';
import { shapeWords, spotWords, traceWords } from './spot-words';
import { spotsOf } from '../spots';

export interface WidgetProps {
  readonly node: Question;
  readonly value: string;
  readonly error: string | undefined;
  /** The only question of its screen: its label is the heading. */
  readonly alone: boolean;
  /** It stands in a card: labels side by side have a letter less. */
  readonly narrow: boolean;
  readonly attachments: AttachmentHost | undefined;
  /** It is read here, not answered. */
  readonly locked: boolean;
  /** Correcting: the answer that was sent, as long as it differs from the one now. */
  readonly was: string | null;
  /** The answer so far. */
  onAnswer(text: string): void;
  /** An answer that is lost to her, with a way back: a photo taken anew or taken away. `words` say what happened. */
  onReplace(text: string, words: string): void;
  /** This is no answer yet, but must not be lost: a composition runs, or the answer comes when the box is painted. */
  onTyping(text: string, composing: boolean): void;
  /** She came to an end here: now it may be judged. */
  onEnd(): void;
}

/** The answer as a person reads it; of a photo or recording the name of its file. */
export function inWords(question: Question): string {
  return wordsOf(question, question.value);
}

const FILES = {
  image: 'forms.photoThere',
  audio: 'forms.voiceThere',
  video: 'forms.filmThere',
  file: 'forms.fileThere',
} as const;

/** For a line of a list: of a file only that it is there. */
export function saidShortly(question: Question): string {
  const { kind, value } = question;
  const isFile = kind === 'image' || kind === 'audio' || kind === 'video' || kind === 'file';
  return isFile && value !== '' ? t(FILES[kind]) : inWords(question);
}

/** Another answer to the same question; a choice that is not offered any more stands as its value. */
export function wordsOf(question: Question, value: string): string {
  if (question.appearances.has('masked')) return '•'.repeat(Math.min(value.length, MOST_DOTS));
  if (question.kind === 'geopoint') return spotsOf(value).map(spotWords).join('');
  if (question.kind === 'geotrace') return traceWords(value);
  if (question.kind === 'geoshape') return shapeWords(value);
  if (question.kind === 'yes') return value === '' ? '' : t('forms.acknowledge');
  if (question.kind === 'decimal') return value.replace(/\.0$/, ''); // as the engine writes a whole one
  if (question.kind === 'date') return dayWords(value, question.appearances);
  if (question.kind === 'time') return value.slice(0, 'HH:MM'.length);
  if (question.kind === 'dateTime') return momentWords(value);
  if (question.kind !== 'one' && question.kind !== 'many' && question.kind !== 'rank') return value;
  const labels = new Map(question.options.map((option) => [option.value, option.label]));
  return chosenOf(question, value)
    .map((each) => labels.get(each) ?? each)
    .join(question.kind === 'rank' ? ' › ' : t('forms.comma'));
}

const MOST_DOTS = 8;

/** Several choices after a tap: "none of these" takes the others away, and any other takes it away. */
export function withExclusive(before: readonly string[], after: readonly string[], exclusive: string | null): string[] {
  const added = after.filter((each) => !before.includes(each));
  if (exclusive === null || added.length === 0) return [...after];
  return added.includes(exclusive) ? [exclusive] : after.filter((each) => each !== exclusive);
}

/** The width of a label in its own letter size: a Latin letter is about half as wide as a Chinese one. */
export function widthInEm(label: string): number {
  let em = 0;
  for (const letter of label) em += letter.charCodeAt(0) < 0x2e80 ? 0.56 : 1;
  return em;
}
