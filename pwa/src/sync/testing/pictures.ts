/** Real pictures for the live tests: a PNG of noise, which no compression makes smaller, and the smallest JPEG. */
import { deflateSync } from 'node:zlib';
import { sha256Bytes } from '../canonical';
import type { Capture } from '../../store/types';

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc(named), named.length + 4);
  return whole;
}

/** A square PNG of random grey: about `side`² bytes. */
export function noise(side: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: side }, () => {
    return Buffer.concat([Buffer.from([0]), crypto.getRandomValues(new Uint8Array(side))]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 0 }));
  return Uint8Array.from(Buffer.concat([signature, chunk('IHDR', header), data, chunk('IEND', new Uint8Array(0))]));
}

/** Four grey pixels. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeX' +
  'BkeFxlZ2P/wAALCAACAAIBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIh' +
  'MUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhI' +
  'WGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AI6/' +
  '/9k=';

/** As the camera page hands it over. */
export async function picture(visit: string, bytes: Uint8Array<ArrayBuffer>): Promise<Capture> {
  const sha256 = await sha256Bytes(bytes);
  const preview = { type: 'image/jpeg', bytes: Uint8Array.from(Buffer.from(JPEG, 'base64')).buffer };
  const name = `${sha256.slice(0, 32)}.png`;
  const file = { name, sha256, type: 'image/png', bytes: bytes.buffer, said_at: null };
  return { visit, path: '/data/photo', preview, ...file };
}
