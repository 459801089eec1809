/** Where a photo or a film may come from, as the form says it: `new` takes nothing that was there before. */
import type { From } from '../attachments';
import type { Question } from '../model';

export function fromOf({ appearances }: Question): Exclude<From, 'album'> {
  if (appearances.has('new-front')) return 'new-front';
  return appearances.has('new') ? 'new' : 'camera';
}
