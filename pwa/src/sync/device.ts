/**
 * The phone's signature. Its key is made here, cannot be taken out of the browser, and signs one short token a request:
 * who, which device, which method and path, and the SHA-256 of the body. There is no refresh token that a bad link could
 * lose.
 */
import { sha256Bytes } from './canonical';

const CURVE: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

/** The public half, as an enrolment sends it. */
export interface PublicKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

export async function makeSigningKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
}

export async function publicKey(pair: CryptoKeyPair): Promise<PublicKey> {
  const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { kty, crv, x, y };
}

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const base64url = (bytes: Uint8Array): string =>
  base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const spelled = (value: unknown): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

export interface Signed {
  readonly device: string;
  readonly user: string;
  readonly org: number;
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
  /** Before compression. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Now, by the county's clock as far as it is known. */
  readonly nowMs: number;
}

/** The request's token: a JWS, compact, ES256. */
export async function sign(key: CryptoKey, { device, user, org, method, path, body, nowMs }: Signed): Promise<string> {
  const header = { alg: 'ES256', typ: 'device+jwt', kid: device };
  const bsh = await sha256Bytes(body);
  const claims = { sub: user, org, htm: method, htu: path, bsh, iat: Math.floor(nowMs / 1000) };
  const input = `${spelled(header)}.${spelled(claims)}`;
  const algorithm: EcdsaParams = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(input));
  return `${input}.${base64url(new Uint8Array(signature))}`;
}
