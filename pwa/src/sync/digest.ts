/**
 * One number that says whether two sides hold the same feed (S12). Twin of `sync/core/digest.py`, under the same vectors.
 *
 * The digest of a feed is the sum modulo 2²⁵⁶ of SHA-256(kind, id, version) over its alive rows: order does not matter,
 * and a row that comes or goes moves it by one addition or subtraction, without reading the rest.
 */
import { sha256Bytes } from './canonical';

export const EMPTY = '0'.repeat(64);
const MODULUS = 1n << 256n;

function spelling(sum: bigint): string {
  const wrapped = ((sum % MODULUS) + MODULUS) % MODULUS;
  return wrapped.toString(16).padStart(64, '0');
}

/** What one alive row adds. */
export async function row(kind: string, id: string, version: string): Promise<bigint> {
  for (const part of [kind, id, version])
    if (part === '' || part.includes('\n'))
      throw new RangeError('kind, id and version are one line each, and not empty');
  return BigInt(`0x${await sha256Bytes(new TextEncoder().encode(`${kind}\n${id}\n${version}`))}`);
}

/** The digest after these rows came and those went. */
export function moved(digest: string, rows: { add?: Iterable<bigint>; take?: Iterable<bigint> }): string {
  let sum = BigInt(`0x${digest}`);
  for (const value of rows.add ?? []) sum += value;
  for (const value of rows.take ?? []) sum -= value;
  return spelling(sum);
}

/** The digest of a whole feed, from (kind, id, version) of its alive rows. */
export async function of(rows: readonly (readonly [kind: string, id: string, version: string])[]): Promise<string> {
  return moved(EMPTY, { add: await Promise.all(rows.map((parts) => row(...parts))) });
}
