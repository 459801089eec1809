/**
 * One op, one spelling: RFC 8785 (JCS) without floats, and its SHA-256. Twin of `sync/core/canonical.py`, under the same
 * vectors.
 *
 * Whether two ops are the same is asked of bytes (S2). Keys sort by UTF-16 unit, which is what `sort` does here. NUL and
 * lone surrogates have no canonical form: one database takes them, the other does not.
 */
import { hex } from './ids';
import type { Json } from './messages';

export const MOST_INTEGER = Number.MAX_SAFE_INTEGER;
export const MOST_DEPTH = 32;

export type NotCanonicalReason =
  | 'nul'
  | 'lone_surrogate'
  | 'not_an_integer'
  | 'integer_too_large'
  | 'too_deep'
  | 'no_json';

/** The value has no canonical form. `reason` is for programs, `path` (RFC 6901) says where. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';

  constructor(
    readonly reason: NotCanonicalReason,
    readonly path: string,
  ) {
    super(`${reason} at ${path || '/'}`);
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function spellText(text: string, path: string): string {
  if (text.includes('\0')) throw new NotCanonical('nul', path);
  if (LONE_SURROGATE.test(text)) throw new NotCanonical('lone_surrogate', path);
  return JSON.stringify(text);
}

function spellNumber(value: number, path: string): string {
  if (!Number.isInteger(value)) throw new NotCanonical('not_an_integer', path);
  if (Math.abs(value) > MOST_INTEGER) throw new NotCanonical('integer_too_large', path);
  return value === 0 ? '0' : String(value);
}

function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function spellObject(value: Readonly<Record<string, Json>>, path: string, depth: number): string {
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      const here = `${path}/${pointer(key)}`;
      return `${spellText(key, here)}:${spell(value[key], here, depth + 1)}`;
    });
  return `{${members.join(',')}}`;
}

function spell(value: unknown, path: string, depth: number): string {
  if (typeof value === 'string') return spellText(value, path);
  if (typeof value === 'number') return spellNumber(value, path);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object') throw new NotCanonical('no_json', path);
  if (depth >= MOST_DEPTH) throw new NotCanonical('too_deep', path);
  if (Array.isArray(value)) return `[${value.map((member, i) => spell(member, `${path}/${i}`, depth + 1)).join(',')}]`;
  return spellObject(value as Readonly<Record<string, Json>>, path, depth);
}

/** The UTF-8 bytes of the one spelling. Throws NotCanonical. The type is wide: interfaces have no index signature. */
export function canonical(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(spell(value, '', 0));
}

/** SHA-256 of bytes, lower-case hex. */
export async function sha256Bytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** SHA-256 of the canonical bytes, lower-case hex. */
export function sha256(value: unknown): Promise<string> {
  return sha256Bytes(canonical(value));
}
