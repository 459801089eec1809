/**
 * The record that was sent, while it is changed: what was answered then, and what may be answered now.
 *
 * A return opens the questions that were asked about and what depends on them. The engine cannot lock a node, and needs
 * not: the renderer asks `locked`. Beyond the named ones a question opens by itself where she would otherwise stand
 * before a closed door: it must be answered and was not asked then, its answer no longer fits, or is no longer the one
 * that was sent. All of it follows from the form as it stands, so that a draft opened again is open in the same places.
 */
import { t } from '../i18n';
import { closure } from './closure';
import type { Change } from './filling';
import { type Group, isQuestion, type Question, walk } from './model';
import { wordsOf } from './widgets/widget';

export class Sent {
  private readonly answers: ReadonlyMap<string, string>;
  private readonly open: ReadonlySet<string> | null;
  private readonly closures = new Map<string, readonly string[]>();

  /** `open`: the only paths that may be changed; null: all of them. */
  constructor(
    private readonly xform: string,
    xml: string,
    open: readonly string[] | null,
  ) {
    const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
    this.answers = new Map(leaves(root, `/${root.localName}`));
    this.open = open === null ? null : new Set(open);
  }

  /** null: it was not asked then. */
  answer(path: string): string | null {
    return this.answers.get(path) ?? null;
  }

  locks(question: Question): boolean {
    if (this.open === null || this.open.has(question.path)) return false;
    if (question.violation !== null) return false;
    const before = this.answer(question.path);
    return before === null ? !question.required : before === question.value;
  }

  /** In the form's order; last what the form has no place for any more. */
  changes(root: Group): Change[] {
    const nodes = [...walk(root)];
    const known = new Set(nodes.map((node) => node.path));
    const differ = nodes.filter(isQuestion).filter((each) => (this.answer(each.path) ?? '') !== each.value);
    const changed = differ.map((each) => ({
      path: each.path,
      label: each.label,
      ...inWords(each, this.answer(each.path) ?? ''),
    }));
    const lost = [...this.answers].filter(([path, answer]) => answer !== '' && !known.has(path));
    return [...changed, ...lost.map(([path, before]) => ({ path, label: nameOf(path), before, after: '' }))];
  }

  /** What a change of this answer can open, close or make unfit. */
  dependents(path: string): readonly string[] {
    let found = this.closures.get(path);
    if (found === undefined) {
      found = closure(this.xform, [path]).filter((each) => each !== path);
      this.closures.set(path, found);
    }
    return found;
  }
}

function inWords(question: Question, before: string): Pick<Change, 'before' | 'after'> {
  if (question.kind !== 'image' && question.kind !== 'audio')
    return { before: wordsOf(question, before), after: wordsOf(question, question.value) };
  const after = question.kind === 'image' ? t('forms.photoNow') : t('forms.voiceNow');
  return { before: before && t('forms.photoBefore'), after: question.value && after };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function* leaves(element: Element, path: string): Generator<[string, string]> {
  if (element.localName === 'meta') return;
  if (element.children.length === 0) yield [path, element.textContent];
  for (const child of element.children) yield* leaves(child, `${path}/${child.localName}`);
}
