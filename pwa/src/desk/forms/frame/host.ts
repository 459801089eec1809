/** Photos, recordings and files while a form is tried out: chosen on this computer, held by this page alone. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { AttachmentHost, AttachmentKind } from '../../../forms';

const ACCEPT: Readonly<Record<AttachmentKind, string>> = {
  image: 'image/*',
  audio: 'audio/*',
  video: 'video/*',
  file: '',
};

interface Held {
  readonly file: Blob;
  readonly url: string;
}

export interface TryHost extends AttachmentHost {
  /** the picture that is looked at large */
  readonly large: Accessor<{ readonly name: string; readonly url: string } | null>;
  closeLarge(): void;
}

export function createHost(): TryHost {
  const held = new Map<string, Held>();
  const [large, setLarge] = createSignal<{ name: string; url: string } | null>(null);
  onCleanup(() => held.forEach(({ url }) => URL.revokeObjectURL(url)));

  function hold(file: Blob, ending: string): string {
    const name = `try-${held.size + 1}${ending}`;
    held.set(name, { file, url: URL.createObjectURL(file) });
    return name;
  }
  return {
    large,
    closeLarge: () => setLarge(null),
    view(name) {
      const found = held.get(name);
      if (found === undefined) return null;
      const { file, url } = found;
      return { name, type: file.type, bytes: file.size, url, words: null, saidAt: null, kept: false };
    },
    async take(_path, kind) {
      const file = await choose(ACCEPT[kind]);
      return file === null ? null : hold(file, /\.\w+$/.exec(file.name)?.[0] ?? '');
    },
    keep: (_path, picture) => Promise.resolve(hold(picture, picture.type === 'image/png' ? '.png' : '.jpg')),
    original: (name) => Promise.resolve(held.get(name)?.file ?? null),
    show(name) {
      const url = held.get(name)?.url;
      if (url !== undefined) setLarge({ name, url });
    },
    scans: () => false,
    scan: () => Promise.resolve(null),
  };
}

function choose(accept: string): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
