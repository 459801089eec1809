/**
 * The bytes of one request. Ops go in as the bytes that they were sealed as: parsing and writing them again could change
 * what was offered to the network before (S2).
 */
import type { Anchor, At, Cursor, Manifest, Preview } from './messages';

/** Of the exchange (S11); ops have their own. */
export const VERSION = 2;

export interface Asked {
  readonly app: string;
  readonly epoch: string | null;
  readonly clock: At;
  readonly anchors: readonly Anchor[];
  readonly manifest: Manifest;
  readonly cursor: Cursor | null;
  /** Bytes of changes that this phone takes now. */
  readonly budget: number;
  readonly previews: readonly Preview[];
  /** Originals that are here and have no receipt, by SHA-256. */
  readonly have: readonly string[];
  /** Of feeds that this phone doubts: the sums of their buckets (S12). */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

export function requestBytes(asked: Asked, ops: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const head = JSON.stringify({ v: VERSION, ...asked });
  const parts: Uint8Array[] = [encoder.encode(`${head.slice(0, -1)},"ops":[`)];
  for (const [index, op] of ops.entries()) {
    if (index > 0) parts.push(encoder.encode(','));
    parts.push(op);
  }
  parts.push(encoder.encode(']}'));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
