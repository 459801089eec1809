/** Small pictures of files as addresses for the page: each is fetched when it is first shown, and let go of at the end. */
import { type Accessor, createSignal } from 'solid-js';
import type { FileBytes, Store } from '../../store';

export interface Previews {
  /** null until it is here, and where there is none */
  of(name: string): Accessor<string | null>;
  close(): void;
}

type Needs = Pick<Store, 'capturePreview' | 'captureBytes'>;

/** `whole`: of what has no preview (a recording) the file itself. */
export function previewsOf(store: Needs, whole: (name: string) => boolean = () => false): Previews {
  const urls = new Map<string, Accessor<string | null>>();
  const made: string[] = [];
  let closed = false;

  const load = async (name: string): Promise<FileBytes | null> => {
    const small = whole(name) ? null : await store.capturePreview(name);
    return small ?? (await store.captureBytes(name));
  };
  return {
    of(name) {
      const there = urls.get(name);
      if (there !== undefined) return there;
      const [url, setUrl] = createSignal<string | null>(null);
      urls.set(name, url);
      void load(name).then(
        (file) => {
          if (file === null || closed) return;
          const next = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
          made.push(next);
          setUrl(next);
        },
        () => undefined, // what cannot be read shows as a file without a picture
      );
      return url;
    },
    close() {
      closed = true;
      for (const url of made.splice(0)) URL.revokeObjectURL(url);
    },
  };
}
