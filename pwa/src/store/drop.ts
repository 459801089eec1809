/** How a photo or a voice note leaves this phone. Bytes are kept once for all visits that name them. */
import type { CaptureRow, WriteTx } from './schema';

/** Takes the row away, and the bytes once no other visit names them. */
export async function dropCapture(tx: WriteTx, { visit, name, sha256 }: CaptureRow): Promise<void> {
  const captures = tx.objectStore('captures');
  await captures.delete([visit, name]);
  if ((await captures.index('sha256').count(sha256)) > 0) return;
  await tx.objectStore('originals').delete(sha256);
  await tx.objectStore('previews').delete(sha256);
}
