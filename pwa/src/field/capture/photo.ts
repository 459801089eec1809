/** A photo from the shutter or the album to the store: smaller, hashed, named, on the disk; only then its name is told. */
import type { Store } from '../../store';
import { downscale } from './downscale';
import { takenAt } from './exif';
import { keptOf } from './kept';
import { saidAt } from './said-at';

export interface PhotoAbout {
  readonly visit: string;
  readonly path: string;
  /** longest side in pixels */
  readonly longest: number;
  /** of the county, for a camera that keeps none */
  readonly timeZone: string;
}

/** EXIF stands at the beginning of a file; the rest of it need not be read for that. */
const HEAD_BYTES = 256 * 1024;

/** The name of the file. Throws PhotoUnreadable, or what the store could not do. */
export async function keepPhoto(
  store: Pick<Store, 'keepCapture'>,
  { visit, path, longest, timeZone }: PhotoAbout,
  photo: Blob | ImageBitmap,
): Promise<string> {
  const notes =
    photo instanceof Blob
      ? await photo
          .slice(0, HEAD_BYTES)
          .arrayBuffer()
          .catch(() => null)
      : null;
  const { original, preview } = await downscale(photo, longest);
  const kept = await keptOf(original);
  const said_at = notes === null ? null : saidAt(takenAt(notes), timeZone);
  await store.keepCapture({ visit, path, ...kept, preview, said_at });
  return kept.name;
}

/** The county takes no larger file. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/**
 * A film or another file, as it is; a picture is made smaller as a photo is, so that it says nothing of where it was
 * taken. Throws FileTooLarge, PhotoUnreadable, RangeError for a type that the county does not take.
 */
export async function keepFile(store: Pick<Store, 'keepCapture'>, about: PhotoAbout, file: Blob): Promise<string> {
  if (file.type.startsWith('image/')) return keepPhoto(store, about, file);
  if (file.size > MOST_FILE_BYTES) throw new FileTooLarge();
  const kept = await keptOf({ type: file.type, bytes: await file.arrayBuffer() });
  const { visit, path } = about;
  await store.keepCapture({ visit, path, ...kept, preview: null, said_at: null });
  return kept.name;
}

/** A recording that is whole, by the id under which its pieces were kept. */
export async function keepRecording(
  store: Pick<Store, 'keepCapture' | 'recordingBytes' | 'dropRecording'>,
  { visit, path }: Pick<PhotoAbout, 'visit' | 'path'>,
  { id, type }: { readonly id: string; readonly type: string },
): Promise<string> {
  const kept = await keptOf({ type, bytes: await store.recordingBytes(id) });
  await store.keepCapture({ visit, path, ...kept, preview: null, said_at: null });
  await store.dropRecording(id);
  return kept.name;
}
