/** What the parts of a page need to show photos: through what they are read, their files, and the large view. */
import { createContext, useContext } from 'solid-js';
import type { Attachment } from '../../api/types';
import type { Files } from './files';

export interface Evidence {
  /** `/api/visits/<id>`: a file is read through what names it, never by its hash alone */
  readonly base: string;
  readonly files: Files;
  /** large; the ones beside it are a key away */
  show: (attachment: Attachment) => void;
  /** bytes that are no usable picture, as a download */
  fetch: (attachment: Attachment) => void;
}

const context = createContext<Evidence>();
export const EvidenceProvider = context.Provider;

export function useEvidence(): Evidence {
  const found = useContext(context);
  if (found === undefined) throw new Error('outside of a visit');
  return found;
}
