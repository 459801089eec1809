/** What the desk and its frame say to each other. Both are pages of ours at one address; nobody else is listened to. */
import type { Both, Language } from '../../../i18n';
import type { TextStep, Theme } from '../../../ui';

/** A form to try out. */
export interface TryForm {
  readonly kind: 'form';
  readonly xform: string;
  readonly title: Both;
  readonly onePage: boolean;
  /** the county's lists, with invented rows, as csv */
  readonly lists: Readonly<Record<string, string>>;
  /** the form's own files */
  readonly files: readonly File[];
  readonly user: string;
}

/** How the phone is set. */
export interface TryLook {
  readonly kind: 'look';
  readonly language: Language;
  /** null: as the system says */
  readonly theme: Theme | null;
  readonly text: TextStep;
}

export type ToFrame = TryForm | TryLook;
export type FromFrame = 'ready';

export function fromUs(event: MessageEvent, source: MessageEventSource | null): boolean {
  return event.origin === location.origin && event.source === source;
}
