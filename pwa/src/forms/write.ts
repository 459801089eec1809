/**
 * What a typed text means for a question, before the engine sees it. The engine itself takes 12abc, 1e3 or a telephone
 * number for an integer and answers with a blank or another number, without a word: so it is read here, and what cannot
 * be read is kept in the box, with a complaint.
 */
import type { QuestionKind } from './model';
import { spotsOf } from './spots';

export type Complaint =
  | 'integer'
  | 'decimal'
  | 'tooBig'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'howMany'
  | 'rankAll'
  | 'fewSpots'
  | 'fewCorners';
export interface Understood {
  /** What the engine is given; blank when the text cannot be read. */
  readonly value: string;
  readonly complaint: Complaint | null;
}

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A pasted control character or half a character makes XML that never parses again. Line ends as XML reads them. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(NOT_XML, '');
}

export function understood(kind: QuestionKind, text: string): Understood {
  switch (kind) {
    case 'integer':
      return number(narrow(text), /^[+-]?\d+$/, 'integer');
    case 'decimal':
      return number(narrow(text), /^[+-]?(\d+\.?\d*|\.\d+)$/, 'decimal');
    case 'date':
      return day(text.trim());
    case 'time':
      return read(text.trim(), TIME, 'time');
    case 'dateTime':
      return read(text.trim(), MOMENT, 'dateTime');
    case 'geotrace':
      return spots(text, 2, 'fewSpots');
    case 'geoshape':
      return spots(text, 4, 'fewCorners'); // the first stands at its end again
    case 'text':
    case 'barcode':
    case 'geopoint':
    case 'rank':
    case 'range':
    case 'yes':
    case 'one':
    case 'many':
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return { value: text, complaint: null };
  }
}

/** The engine drops a way of one point and an area of two, without a word. */
function spots(text: string, fewest: number, complaint: 'fewSpots' | 'fewCorners'): Understood {
  const found = spotsOf(text).length;
  return found === 0 || found >= fewest ? { value: text, complaint: null } : { value: '', complaint };
}

/** An order is an answer when every choice has its place: the engine takes no half of one. */
export function understoodOrder(text: string, choices: number): Understood {
  const placed = text.split(' ').filter(Boolean).length;
  if (placed === 0 || placed === choices) return { value: text, complaint: null };
  return { value: '', complaint: 'rankAll' };
}

const MOST_ROWS = 200;

/**
 * A number that says how many rows a repeat has. Where none can be read the rows stay as they are: the engine keeps them
 * too, but would drop them when the draft is opened again.
 */
export function understoodCount(text: string, now: string): Understood {
  const read = understood('integer', text);
  if (read.complaint !== null) return { value: now, complaint: read.complaint };
  if (read.value === '') return { value: now, complaint: now === '' ? null : 'howMany' };
  return Number(read.value) > MOST_ROWS ? { value: now, complaint: 'tooBig' } : read;
}

/** A Chinese keyboard in full width writes １２．５ and －３. */
function narrow(text: string): string {
  const ascii = text.replace(/[\uFF0B-\uFF19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return ascii
    .replace(/[。．]/g, '.')
    .replace(/[−–—]/g, '-')
    .trim();
}

function number(text: string, form: RegExp, complaint: 'integer' | 'decimal'): Understood {
  if (text === '') return { value: '', complaint: null };
  if (!form.test(text)) return { value: '', complaint };
  const value = Number(text);
  const fits = complaint === 'integer' ? value >= -(2 ** 31) && value < 2 ** 31 : Math.abs(value) < 1e15;
  return fits ? { value: text.replace(/^\+/, ''), complaint: null } : { value: '', complaint: 'tooBig' };
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?$/;

/** The engine wants seconds, which the browser's inputs leave out. */
function read(text: string, form: RegExp, complaint: 'time' | 'dateTime'): Understood {
  if (text === '') return { value: '', complaint: null };
  if (!form.test(text) || (complaint === 'dateTime' && Number.isNaN(Date.parse(text)))) return { value: '', complaint };
  const whole = /(^|T)\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  const zoned = complaint === 'time' || /([+-]\d\d:\d\d|Z)$/.test(whole);
  return { value: zoned ? whole : whole + zoneAt(new Date(whole)), complaint: null };
}

/** Where the phone is, as `+08:00`: a day and a time without it would be another moment elsewhere. */
function zoneAt(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function day(text: string): Understood {
  if (text === '') return { value: '', complaint: null };
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return real ? { value: text, complaint: null } : { value: '', complaint: 'date' };
}
