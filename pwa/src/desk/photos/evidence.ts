/** What the parts of a visit's page need to show its photos: the visit, its files, and the large view. */
import { createContext, useContext } from 'solid-js';
import type { Attachment } from '../../api/types';
import type { Files } from './files';

export interface Evidence {
  readonly visit: string;
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
