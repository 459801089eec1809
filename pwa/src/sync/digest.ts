/**
 * One number that says whether two sides hold the same feed (S12). Twin of `sync/core/digest.py`, under the same vectors.
 *
 * The digest of a feed is the sum modulo 2²⁵⁶ of SHA-256(kind, id, version) over its alive rows: order does not matter,
 * and a row that comes or goes moves it by one addition or subtraction, without reading the rest.
 *
 * Where two sums differ, 256 parts say where: a row lies in the bucket of the first byte of SHA-256(kind, id), and each
 * bucket has a sum of its own.
 */
import { sha256Bytes } from './canonical';

export const EMPTY = '0'.repeat(64);
export const BUCKETS = 256;
const MODULUS = 1n << 256n;

type Row = readonly [kind: string, id: string, version: string];

function spelling(sum: bigint): string {
  const wrapped = ((sum % MODULUS) + MODULUS) % MODULUS;
  return wrapped.toString(16).padStart(64, '0');
}

function hash(...lines: string[]): Promise<string> {
  for (const line of lines)
    if (line === '' || line.includes('\n'))
      throw new RangeError('kind, id and version are one line each, and not empty');
  return sha256Bytes(new TextEncoder().encode(lines.join('\n')));
}

/** What one alive row adds. */
export async function row(kind: string, id: string, version: string): Promise<bigint> {
  return BigInt(`0x${await hash(kind, id, version)}`);
}

/** Which of the 256 parts a row lies in, whatever its version. */
export async function bucket(kind: string, id: string): Promise<number> {
  return Number.parseInt((await hash(kind, id)).slice(0, 2), 16);
}

/** The digest after these rows came and those went. */
export function moved(digest: string, rows: { add?: Iterable<bigint>; take?: Iterable<bigint> }): string {
  let sum = BigInt(`0x${digest}`);
  for (const value of rows.add ?? []) sum += value;
  for (const value of rows.take ?? []) sum -= value;
  return spelling(sum);
}

/** The digest of a whole feed, from (kind, id, version) of its alive rows. */
export async function of(rows: readonly Row[]): Promise<string> {
  return moved(EMPTY, { add: await Promise.all(rows.map((parts) => row(...parts))) });
}

/** The digest of each bucket, from the alive rows of a feed. */
export async function parts(rows: readonly Row[]): Promise<string[]> {
  const sums = new Array<bigint>(BUCKETS).fill(0n);
  const lying = await Promise.all(rows.map(([kind, id]) => bucket(kind, id)));
  const weights = await Promise.all(rows.map((parts) => row(...parts)));
  for (const [index, at] of lying.entries()) sums[at] = (sums[at] ?? 0n) + (weights[index] ?? 0n);
  return sums.map(spelling);
}
