/**
 * Sealing: AES-GCM under the user's data key. Every value is bound to its place (table and key), so that a value copied
 * to another place does not open there. Sealing is asynchronous and must be done BEFORE a transaction opens: IndexedDB
 * commits a transaction by itself as soon as nothing is asked of it.
 */
import { StoreError } from './errors';

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const IV_BYTES = 12;

export interface Seal {
  bytes(place: string, plain: Uint8Array<ArrayBuffer>): Promise<Sealed>;
  json(place: string, value: unknown): Promise<Sealed>;
  openBytes(place: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>>;
  /** As `T`: only what `json` sealed at this place comes back. */
  openJson<T>(place: string, sealed: Sealed): Promise<T>;
}

function lock(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) };
}

export function sealWith(key: CryptoKey): Seal {
  const bytes: Seal['bytes'] = async (place, plain) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    return { iv, data: await crypto.subtle.encrypt(lock(iv, place), key, plain) };
  };
  const openBytes: Seal['openBytes'] = async (place, sealed) => {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(lock(sealed.iv, place), key, sealed.data));
    } catch (error) {
      throw new StoreError('sealed', error);
    }
  };
  return {
    bytes,
    openBytes,
    json: (place, value) => bytes(place, new TextEncoder().encode(JSON.stringify(value))),
    openJson: async <T>(place: string, sealed: Sealed) =>
      JSON.parse(new TextDecoder().decode(await openBytes(place, sealed))) as T,
  };
}

/** The device's own key: it never leaves the browser, and wraps the data key (later a PIN will wrap it too). */
export function makeDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
    'wrapKey',
    'unwrapKey',
  ]);
}

export interface WrappedKey {
  readonly wrapped: ArrayBuffer;
  readonly iv: Uint8Array<ArrayBuffer>;
}

export async function makeDataKey(device: CryptoKey): Promise<WrappedKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, wrapped: await crypto.subtle.wrapKey('raw', key, device, lock(iv, 'data key')) };
}

export async function openDataKey(device: CryptoKey, { wrapped, iv }: WrappedKey): Promise<CryptoKey> {
  const uses: KeyUsage[] = ['encrypt', 'decrypt'];
  try {
    return await crypto.subtle.unwrapKey('raw', wrapped, device, lock(iv, 'data key'), 'AES-GCM', false, uses);
  } catch (error) {
    throw new StoreError('sealed', error);
  }
}
