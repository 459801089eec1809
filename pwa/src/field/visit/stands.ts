/** How far she is in a form, so that a list of drafts can say it without opening one. */
import { type Filling, isQuestion, walk } from '../../forms';
import type { Stands } from '../../store';

export function standsOf(filling: Filling, step: string | null): Stands {
  const asked = [...walk(filling.root)].filter(isQuestion).filter((each) => each.relevant && !filling.locked(each));
  const here = asked.find(({ path }) => path === step || path.startsWith(`${step ?? ''}/`));
  return {
    answered: asked.filter(({ value }) => value !== '').length,
    of: asked.length,
    at: step === null ? null : (here?.label ?? null),
  };
}
