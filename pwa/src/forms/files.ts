/**
 * The files that a form brings along, as its labels show them: an object URL each, made at first sight and given back
 * when the form is closed. The bytes are the page's.
 */
import { createContext, useContext } from 'solid-js';
import type { FormFile, OwnFile } from './formfile';

/** The bytes of a file; null when they are not here. */
export type Files = (file: OwnFile) => Promise<Blob | null>;

export interface FormFiles {
  /** Null when the form has no such file, or it is not here. */
  url(name: string): Promise<string | null>;
  text(name: string): Promise<string | null>;
  dispose(): void;
}

export function formFilesOf({ files: own }: Pick<FormFile, 'files'>, files: Files | undefined): FormFiles {
  const urls = new Map<string, Promise<string | null>>();
  const blob = async (name: string): Promise<Blob | null> => {
    const file = own.get(name);
    return file === undefined ? null : ((await files?.(file)) ?? null);
  };
  const made = async (name: string): Promise<string | null> => {
    const found = await blob(name);
    return found === null ? null : URL.createObjectURL(found);
  };
  return {
    url(name) {
      const known = urls.get(name) ?? made(name);
      urls.set(name, known);
      return known;
    },
    async text(name) {
      return (await (await blob(name))?.text()) ?? null;
    },
    dispose() {
      for (const each of urls.values())
        void each.then(
          (url) => url !== null && URL.revokeObjectURL(url),
          () => undefined,
        );
      urls.clear();
    },
  };
}

/** What a label needs of the form that it stands in. */
export interface FormAround {
  readonly file: FormFile;
  readonly files: FormFiles;
}

export interface LabelAround extends FormAround {
  /** What is asked stands above already, for whoever sees it. */
  readonly told: boolean;
}

const Around = createContext<LabelAround | null>(null);
export const FormAroundProvider = Around.Provider;

/** Null where a widget stands alone. */
export function useFormAround(): LabelAround | null {
  return useContext(Around);
}
