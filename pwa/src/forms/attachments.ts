/**
 * What a question of a photo or of a recording needs from the page that it stands on. A form holds names of files only;
 * the bytes, the camera and the microphone are the host's. Without a host such a question is read, not answered.
 */
export interface AttachmentView {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** An object URL, of the file or of its preview; null while there is nothing to show on this device. */
  readonly url: string | null;
  /** Where it is, in words (等信号, 县里已收到); null where there is nothing to say. */
  readonly words: string | null;
  /** When the album says that it was taken, RFC 3339. */
  readonly saidAt: string | null;
  /** It came with the record that was sent before. */
  readonly kept: boolean;
}

export type AttachmentKind = 'image' | 'audio';

export interface AttachmentHost {
  /** Reactive; null for a name that is not known here. */
  view(name: string): AttachmentView | null;
  /**
   * Takes a photo or a recording for the question at `path`. Gives the name of the new file, which is durable by then,
   * or null when she gave up; rejects when it could not be kept.
   */
  take(path: string, kind: AttachmentKind, from?: 'camera' | 'album'): Promise<string | null>;
  /** Keeps a picture that was made here (a signature) as if it had been taken. Rejects when it could not be kept. */
  keep(path: string, picture: Blob): Promise<string>;
  /** Shows a photo large. */
  show(name: string): void;
}
