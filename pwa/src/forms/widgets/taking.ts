/**
 * What photos, recordings, films and files have in common: the host is asked for a file, and its name is the answer. One at a time;
 * what replaces another or takes it away can be undone. The focus stays at the question when its button has gone.
 */
import { createSignal } from 'solid-js';
import { t } from '../../i18n';
import type { AttachmentHost, From } from '../attachments';
import type { WidgetProps } from './widget';

const WORDS = {
  image: { replaced: 'forms.photoReplaced', removed: 'forms.photoRemoved', lost: 'forms.photoNotKept' },
  audio: { replaced: 'forms.voiceReplaced', removed: 'forms.voiceRemoved', lost: 'forms.voiceNotKept' },
  video: { replaced: 'forms.voiceReplaced', removed: 'forms.filmRemoved', lost: 'forms.fileNotKept' },
  file: { replaced: 'forms.fileReplaced', removed: 'forms.fileRemoved', lost: 'forms.fileNotKept' },
} as const;

export interface Taking {
  /** May she take one here? Reactive, like the next two. */
  open(): boolean;
  busy(): boolean;
  /** What to say when the last one could not be kept. */
  failed(): string | undefined;
  take(from?: From): void;
  /** What was made on the page itself; `longest` side in pixels. */
  keep(picture: Blob, longest: number): void;
  remove(): void;
}

export function createTaking(props: WidgetProps, kind: keyof typeof WORDS, box: () => HTMLElement): Taking {
  const [busy, setBusy] = createSignal(false);
  const [lost, setLost] = createSignal(false);
  const answered = () => {
    props.onEnd();
    box().querySelector('button')?.focus({ preventScroll: true });
  };
  const get = async (file: (host: AttachmentHost, path: string) => Promise<string | null>) => {
    const { attachments, node, value } = props;
    if (attachments === undefined || busy()) return;
    setBusy(true);
    setLost(false);
    try {
      const name = await file(attachments, node.path);
      if (name === null || name === value) return;
      if (value === '') props.onAnswer(name);
      else props.onReplace(name, t(WORDS[kind].replaced));
      answered();
    } catch {
      setLost(true);
    } finally {
      setBusy(false);
    }
  };
  return {
    open: () => props.attachments !== undefined && !props.locked,
    busy,
    failed: () => (lost() ? t(WORDS[kind].lost) : undefined),
    take: (from = 'camera') => void get((host, path) => host.take(path, kind, from)),
    keep: (picture, longest) => void get((host, path) => host.keep(path, picture, longest)),
    remove() {
      props.onReplace('', t(WORDS[kind].removed));
      answered();
    },
  };
}
