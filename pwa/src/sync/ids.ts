/**
 * Names that a phone may give without asking anybody: UUID version 7. Twin of `sync/core/ids.py`, under the same vectors.
 *
 * Time and chance are arguments, so that the same arguments give the same name in both languages; `newId` is the door
 * through which the app gets both. The order of names is never taken as the order of events (S9).
 */

export const RAND_BYTES = 10;
const MOST_MS = 2 ** 48 - 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** The name for this millisecond and these ten random bytes (six of their 80 bits give way to version and variant). */
export function uuid7(nowMs: number, rand: Uint8Array): string {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs > MOST_MS)
    throw new RangeError('the time does not fit into 48 bits');
  if (rand.length !== RAND_BYTES) throw new RangeError('ten random bytes are needed');
  const octets = new Uint8Array(16);
  const view = new DataView(octets.buffer);
  view.setUint16(0, Math.floor(nowMs / 2 ** 32));
  view.setUint32(2, nowMs % 2 ** 32);
  octets.set(rand, 6);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const text = hex(octets);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** Any UUID as it is written here: 36 characters, lower case. Another spelling would be another name. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

export function isUuid7(text: unknown): text is string {
  return typeof text === 'string' && UUID7.test(text);
}

/** The milliseconds in a version 7 name: what the phone's clock said. A hint for people, not an order. */
export function madeMs(name: string): number {
  if (!isUuid7(name)) throw new RangeError('not a version 7 UUID');
  return parseInt(name.slice(0, 8) + name.slice(9, 13), 16);
}

/** A new name, from the phone's clock and its source of chance. */
export function newId(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(RAND_BYTES)));
}
