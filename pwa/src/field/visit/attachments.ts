/**
 * Photos, recordings, films and files of one visit while its form is on screen: what a question shows of a file, and taking a new one.
 * Taking needs the whole screen, which is the page's to draw: here stands what is asked for, and the page says when it
 * is there. A file is on the disk before its name is told, so an answer never names what could still be lost.
 */
import { type Accessor, createSignal } from 'solid-js';
import type { AttachmentHost, AttachmentKind, AttachmentView, From } from '../../forms';
import type { Attachment, CaptureCard, FileBytes, Store } from '../../store';
import { keepPhoto } from '../capture/photo';
import { canScan } from '../scanner';
import { fileWords } from '../words-visits';
import { previewsOf } from './previews';

/** What the page is to put over the form. */
export type Overlay =
  | { at: 'photo'; path: string; from: From; done: (name: string | null) => void }
  | { at: 'voice'; path: string; done: (name: string | null) => void }
  | { at: 'file'; path: string; kind: 'video' | 'file'; from: From; done: (name: string | null) => void }
  | { at: 'code'; path: string; done: (text: string | null) => void }
  | { at: 'large'; name: string; type: string };

export interface Attachments {
  readonly host: AttachmentHost;
  readonly overlay: Accessor<Overlay | null>;
  closeLarge(): void;
  /** The original, else its preview; null when neither is on this phone any more. */
  bytes(name: string): Promise<FileBytes | null>;
  /** Lets go of every picture that was shown. */
  close(): void;
}

type Needs = Pick<Store, 'keepCapture' | 'captures' | 'captureBytes' | 'capturePreview' | 'onStoreChange'>;

/** `sent`: the files of the record that is changed here. */
export function attachmentsOf(store: Needs, visit: string, sent: readonly Attachment[]): Attachments {
  const [cards, setCards] = createSignal<ReadonlyMap<string, CaptureCard>>(new Map());
  const [overlay, setOverlay] = createSignal<Overlay | null>(null);
  const typeOf = (name: string) => cards().get(name)?.type ?? kept.get(name)?.type;
  const kept = new Map(sent.map((file) => [file.name, file]));
  const plays = (name: string) => /^(audio|video)\//.test(typeOf(name) ?? '');
  const previews = previewsOf(store, plays);
  const [scans, setScans] = createSignal(false);
  void canScan().then(setScans);
  let closed = false;

  const read = async (): Promise<void> => {
    const all = await store.captures(visit);
    if (!closed) setCards(new Map(all.map((card) => [card.name, card])));
  };
  void read().catch(() => undefined); // what cannot be read shows as a file without a picture
  const stop = store.onStoreChange((changed) => {
    if (changed.has('captures')) void read().catch(() => undefined);
  });

  const bytes = async (name: string): Promise<FileBytes | null> =>
    (await store.captureBytes(name)) ?? (await store.capturePreview(name));

  /** One question at a time: whoever was asked before gets nothing. */
  const giveWay = (): void => {
    const before = overlay();
    if (before !== null && before.at !== 'large') before.done(null);
  };

  const host: AttachmentHost = {
    view(name): AttachmentView | null {
      const card = cards().get(name);
      const before = kept.get(name);
      const file = card ?? before;
      if (file === undefined) return null;
      return {
        name,
        type: file.type,
        bytes: file.bytes,
        url: file.type.startsWith('application/') ? null : previews.of(name)(),
        words: card === undefined || card.state === 'draft' ? null : fileWords(card.state),
        saidAt: file.said_at ?? null,
        kept: before !== undefined,
      };
    },
    take(path, kind, from = 'camera') {
      giveWay();
      return new Promise((resolve) => {
        const done = (name: string | null): void => {
          setOverlay((now) => (now === asked ? null : now));
          void read()
            .catch(() => undefined)
            .then(() => resolve(name)); // the question finds its picture when it gets the name
        };
        const asked = askedFor(kind, path, from, done);
        setOverlay(asked);
      });
    },
    async keep(path, picture, longest) {
      const name = await keepPhoto(store, { visit, path, longest, timeZone: 'UTC' }, picture);
      await read().catch(() => undefined);
      return name;
    },
    show(name) {
      const type = typeOf(name);
      if (type !== undefined) setOverlay({ at: 'large', name, type });
    },
    async original(name) {
      const whole = await store.captureBytes(name);
      return whole === null ? null : new Blob([whole.bytes], { type: whole.type });
    },
    scans,
    scan(path) {
      giveWay();
      return new Promise((resolve) => {
        const asked: Overlay = {
          at: 'code',
          path,
          done(text) {
            setOverlay((now) => (now === asked ? null : now));
            resolve(text);
          },
        };
        setOverlay(asked);
      });
    },
  };

  return {
    host,
    overlay,
    closeLarge: () => setOverlay((now) => (now?.at === 'large' ? null : now)),
    bytes,
    close() {
      closed = true;
      stop();
      previews.close();
    },
  };
}

function askedFor(kind: AttachmentKind, path: string, from: From, done: (name: string | null) => void): Overlay {
  switch (kind) {
    case 'image':
      return { at: 'photo', path, from, done };
    case 'audio':
      return { at: 'voice', path, done };
    case 'video':
    case 'file':
      return { at: 'file', path, kind, from, done };
  }
}

/**
 * The files that a finished record names, as the visit says of them. A photo belongs to the record that names it, so the
 * same one in two records is kept once and named by both. `sent`: those of the record that is changed here.
 */
export async function filesNamed(
  store: Pick<Store, 'captures'>,
  visit: string,
  xml: string,
  sent: readonly Attachment[],
): Promise<Attachment[]> {
  const all = new Map(sent.map((file) => [file.name, file]));
  for (const card of await store.captures(visit)) all.set(card.name, attachment(card));
  return [...all.values()].filter(({ name }) => xml.includes(`>${name}<`));
}

function attachment({ name, sha256, bytes, type, said_at }: CaptureCard): Attachment {
  return { name, sha256, bytes, type, ...(said_at === null ? {} : { said_at }) };
}
