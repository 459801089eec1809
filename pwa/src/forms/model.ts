/**
 * What a form is to the rest of the app: a tree of nodes whose getters are reactive (read inside a Solid computation
 * they are tracked), and an instance that takes answers. No type of the engine is named here, so that another engine can
 * take its place: it has to give a LoadedForm.
 *
 * Values are text as XForms writes it: '12', '36.5', '2026-11-24', the value of a choice, chosen values with a space
 * between, the name of a photo's or recording's file. A path is the node's XPath, '/data/care/tasks'.
 */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** `words` is null where the form has none of its own. */
export interface Violation {
  readonly condition: 'required' | 'constraint';
  readonly words: string | null;
}

interface Node {
  readonly path: string;
  /** Whether it is asked just now; false too below a group that is not. */
  readonly relevant: boolean;
  readonly label: string;
}

export interface Group extends Node {
  readonly kind: 'group';
  /** A field-list: all of it on one screen. */
  readonly page: boolean;
  readonly children: readonly FormNode[];
}

export interface Note extends Node {
  readonly kind: 'note';
  readonly hint: string;
}

export type QuestionKind = 'text' | 'integer' | 'decimal' | 'date' | 'one' | 'many' | 'image' | 'audio';

export interface Question extends Node {
  readonly kind: QuestionKind;
  readonly hint: string;
  readonly appearances: ReadonlySet<string>;
  readonly required: boolean;
  readonly locked: boolean;
  /** A number that may be below zero, as far as its constraint says. */
  readonly signed: boolean;
  /** The choice that stands alone ("none of these"), as far as its constraint says. */
  readonly exclusive: string | null;
  /** The longest side that the form allows a photo. */
  readonly maxPixels: number | null;
  /** Blank while not relevant, although the engine remembers. */
  readonly value: string;
  readonly options: readonly Option[];
  readonly violation: Violation | null;
}

/** Never shown: calculated, or filled by the phone itself. */
export interface Calculated extends Node {
  readonly kind: 'calculated';
  readonly value: string;
}

/** A type that this renderer does not draw. Publishing refuses it, so that nobody should meet it. */
export interface Unknown extends Node {
  readonly kind: 'unknown';
  readonly what: string;
  readonly violation: Violation | null;
}

export type FormNode = Group | Note | Question | Calculated | Unknown;

export interface Instance {
  readonly root: Group;
  /** The codes of the form's languages, 'zh', 'en'; empty when it has only one without a name. */
  readonly languages: readonly string[];
  speak(code: string): void;
  /** Relevant nodes only, in the form's order. */
  xml(): string;
  /** Throws what an expression of the form throws; the instance is then half dead and must be restored. */
  assign(question: Question, value: string): void;
  /** Stamps the end. */
  seal(): Promise<void>;
}

/** A loaded form has one live instance: the newest. */
export interface LoadedForm {
  create(): Instance;
  restore(xml: string): Promise<Instance>;
  /** A new record that replaces the sent one: its identity goes into `deprecatedID`. Calculations are made anew. */
  edit(xml: string): Promise<Instance>;
  dispose(): void;
}

export function isQuestion(node: FormNode): node is Question {
  return node.kind !== 'group' && node.kind !== 'note' && node.kind !== 'calculated' && node.kind !== 'unknown';
}

export function* walk(node: FormNode): Generator<FormNode> {
  yield node;
  if (node.kind === 'group') for (const child of node.children) yield* walk(child);
}
