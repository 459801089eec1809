/**
 * The record that was sent, while it is changed: what was answered then, and what may be answered now.
 *
 * A return opens the questions that were asked about and what depends on them. The engine cannot lock a node, and needs
 * not: the renderer asks `locked`. Beyond the named ones a question opens by itself where she would otherwise stand
 * before a closed door: it must be answered and was not asked then, its answer no longer fits, or is no longer the one
 * that was sent. All of it follows from the form as it stands, so that a draft opened again is open in the same places.
 *
 * A row of a repeat is the same one by its identity, whatever its number has become since.
 */
import { t } from '../i18n';
import { closure } from './closure';
import type { Change } from './filling';
import { type Group, isQuestion, type Question, walk } from './model';
import { placesOf, schemaOf } from './places';
import { wordsOf } from './widgets/widget';

export class Sent {
  /** By identity. */
  private readonly answers: ReadonlyMap<string, string>;
  /** Identity → the county's name of the answer. */
  private readonly places: ReadonlyMap<string, string>;
  private readonly open: ReadonlySet<string> | null;
  /** Of what was asked so far: a row that is gone has no words any more. */
  private readonly labels = new Map<string, string>();
  private readonly closures = new Map<string, readonly string[]>();

  /** `open`: the only paths that may be changed; null: all of them. */
  constructor(
    private readonly xform: string,
    xml: string,
    open: readonly string[] | null,
  ) {
    const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
    this.answers = new Map(leaves(root, `/${root.localName}`));
    this.places = placesOf(this.answers.keys());
    this.open = open === null ? null : new Set(open);
  }

  /** null: it was not asked then. */
  answer(question: Question): string | null {
    return this.answers.get(question.identity) ?? null;
  }

  /** Does the county mean this question by that name? */
  means(place: string, question: Question): boolean {
    return this.places.get(question.identity) === place;
  }

  /** Rows may come and go only where everything may be changed. */
  get rowsFixed(): boolean {
    return this.open !== null;
  }

  locks(question: Question): boolean {
    if (this.open === null || this.open.has(schemaOf(question.path))) return false;
    if (this.open.has(this.places.get(question.identity) ?? question.path)) return false;
    if (question.violation !== null) return false;
    const before = this.answer(question);
    return before === null ? !question.required : before === question.value;
  }

  /** In the form's order; last what the form has no place for any more. */
  changes(root: Group): Change[] {
    const nodes = [...walk(root)];
    const asked = nodes.filter(isQuestion);
    const known = new Set(nodes.map((node) => node.identity));
    const differ = asked.filter((each) => (this.answer(each) ?? '') !== each.value);
    const changed = differ.map((each) => ({
      path: each.path,
      label: each.label,
      ...inWords(each, this.answer(each) ?? ''),
    }));
    for (const each of asked) this.labels.set(schemaOf(each.path), each.label);
    const lost = [...this.answers].filter(([path, answer]) => answer !== '' && !known.has(path) && !isRowId(path));
    return [
      ...changed,
      ...lost.map(([path, before]) => ({
        path,
        label: this.labels.get(schemaOf(path)) ?? nameOf(path),
        before,
        after: '',
      })),
    ];
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
  const now = FRESH[question.kind];
  if (now === undefined) return { before: wordsOf(question, before), after: wordsOf(question, question.value) };
  return { before: before && t('forms.photoBefore'), after: question.value && t(now) };
}

/** The answer itself is the name of a file, which says nothing to anybody. */
const FRESH: Partial<Readonly<Record<Question['kind'], 'forms.photoNow' | 'forms.voiceNow' | 'forms.fileNow'>>> = {
  image: 'forms.photoNow',
  audio: 'forms.voiceNow',
  video: 'forms.photoNow',
  file: 'forms.fileNow',
};

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const isRowId = (path: string) => nameOf(path) === 'row_id';

function* leaves(element: Element, path: string): Generator<[string, string]> {
  if (element.localName === 'meta') return;
  const children = [...element.children];
  if (children.length === 0) yield [path, element.textContent];
  for (const child of children) {
    const same = children.filter((each) => each.localName === child.localName);
    const id = [...child.children].find((each) => each.localName === 'row_id')?.textContent;
    const row = id === undefined && same.length === 1 ? '' : `[${id ?? String(same.indexOf(child) + 1)}]`;
    yield* leaves(child, `${path}/${child.localName}${row}`);
  }
}
