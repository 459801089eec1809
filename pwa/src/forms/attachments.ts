/**
 * What a question of a photo, a recording, a film or a file needs from the page that it stands on, and one of a code. A
 * form holds names of files only; the bytes, the camera and the microphone are the host's. Without a host such a question
 * is read, not answered; a code can be typed.
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

export type AttachmentKind = 'image' | 'audio' | 'video' | 'file';

/** `new`, `new-front`: what is taken now and nothing older, by the camera at the back or at the front. */
export type From = 'camera' | 'album' | 'new' | 'new-front';

export interface AttachmentHost {
  /** Reactive; null for a name that is not known here. */
  view(name: string): AttachmentView | null;
  /**
   * Takes a photo, a recording, a film or a file for the question at `path`. Gives the name of the new file, which is
   * durable by then, or null when she gave up; rejects when it could not be kept.
   */
  take(path: string, kind: AttachmentKind, from?: From): Promise<string | null>;
  /**
   * Keeps a picture that was made here (a signature, a photo that was drawn on) as if it had been taken; `longest` side
   * in pixels. Rejects when it could not be kept.
   */
  keep(path: string, picture: Blob, longest: number): Promise<string>;
  /** The whole file; null when it is not on this device. */
  original(name: string): Promise<Blob | null>;
  /** Shows a photo large. */
  show(name: string): void;
  /** Can codes be read by the camera here? Reactive. */
  scans(): boolean;
  /** What a bar code or a QR code says; null when she gave up. */
  scan(path: string): Promise<string | null>;
}
