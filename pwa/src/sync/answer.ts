/** An answer of the county, read with care: what is not one is treated as no answer at all. */
import { parse } from './clock';
import { BUCKETS } from './digest';
import { isUuid } from './ids';
import type { Answer, Change, Cursor, FeedSum, Receipt, Result, Wanted } from './messages';
import { VERSION } from './request';

const OUTCOMES = ['accepted', 'refused', 'deferred', 'held'];

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

function isMoment(value: unknown): value is string {
  try {
    return typeof value === 'string' && parse(value) >= 0;
  } catch {
    return false;
  }
}

function isNumbers(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(Number.isSafeInteger);
}

function isCursor(value: unknown): value is Cursor {
  return isObject(value) && isUuid(value.epoch) && isNumbers(value.feeds) && isNumbers(value.walks ?? {});
}

function isResult(value: Loose): boolean {
  return typeof value.id === 'string' && OUTCOMES.includes(String(value.outcome));
}

function isSums(value: unknown): value is Readonly<Record<string, FeedSum>> {
  const isSum = (sum: unknown): boolean =>
    isObject(sum) && Number.isSafeInteger(sum.alive) && /^[0-9a-f]{64}$/.test(String(sum.digest));
  return isObject(value) && Object.values(value).every(isSum);
}

/** What is not a list of buckets counts as none: the feed is asked about again. */
function bucketsIn(value: unknown): Record<string, number[]> {
  const isBucket = (one: unknown): boolean => Number.isInteger(one) && Number(one) >= 0 && Number(one) < BUCKETS;
  const whole = Object.entries(isObject(value) ? value : {}).filter(
    (entry): entry is [string, number[]] => Array.isArray(entry[1]) && entry[1].every(isBucket),
  );
  return Object.fromEntries(whole);
}

const isBytes = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isWanted(value: Loose): boolean {
  return typeof value.sha256 === 'string' && isBytes(value.offset);
}

/** A receipt frees an original one day, so a half-read one is none. */
export function isReceipt(value: Loose): boolean {
  if (typeof value.sha256 !== 'string' || !isBytes(value.bytes)) return false;
  if (value.pending !== undefined && typeof value.pending !== 'boolean') return false;
  return value.aside === undefined || value.aside === null || typeof value.aside === 'string';
}

/** The answer; null when these bytes are none that this release understands. Changes may be odd: the store sees to them. */
export function readAnswer(value: unknown): Answer | null {
  if (!isObject(value) || value.v !== VERSION || !isUuid(value.epoch) || !isMoment(value.server_time)) return null;
  if (!Array.isArray(value.results) || !Array.isArray(value.changes)) return null;
  const cursor = value.cursor ?? null;
  if (cursor !== null && !isCursor(cursor)) return null;
  return {
    v: VERSION,
    results: objects(value.results).filter(isResult) as unknown as Result[],
    changes: objects(value.changes) as unknown as Change[],
    cursor,
    more: value.more === true,
    ...(isSums(value.feeds) ? { feeds: value.feeds } : {}),
    left: texts(value.left),
    reset: texts(value.reset),
    wanted: objects(value.wanted).filter(isWanted) as unknown as Wanted[],
    receipts: objects(value.receipts).filter(isReceipt) as unknown as Receipt[],
    epoch: value.epoch,
    backed_up_to: isMoment(value.backed_up_to) ? value.backed_up_to : null,
    server_time: value.server_time,
    parts: bucketsIn(value.parts),
  };
}
