/**
 * What a form is to the rest of the app: a tree of nodes whose getters are reactive (read inside a Solid computation
 * they are tracked), and an instance that takes answers. No type of the engine is named here, so that another engine can
 * take its place: it has to give a LoadedForm.
 *
 * Values are text as XForms writes it: '12', '36.5', '2026-11-24', '08:30:00.000', the value of a choice, chosen or
 * ranked values with a space between, 'lat lon alt acc', several of those with a semicolon between, 'OK' of what was acknowledged, the name of a file. A path is the node's XPath, '/data/care/tasks'.
 */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly media?: Media;
}

/** What stands with a label besides its words: files of the form, by their names. */
export interface Media {
  readonly image: string | null;
  readonly audio: string | null;
  readonly video: string | null;
}

/** `words` is null where the form has none of its own. */
export interface Violation {
  readonly condition: 'required' | 'constraint';
  readonly words: string | null;
}

interface Node {
  readonly path: string;
  /** The path with the identities of the rows that it stands in instead of their numbers: it stays while rows come and go. */
  readonly identity: string;
  /** Whether it is asked just now; false too below a group that is not. */
  readonly relevant: boolean;
  readonly label: string;
  readonly media: Media;
}

export interface Group extends Node {
  readonly kind: 'group';
  /** A field-list: all of it on one screen. */
  readonly page: boolean;
  readonly children: readonly FormNode[];
}

/** A group that comes as often as she adds it, or as another answer says. */
export interface Repeat extends Node {
  readonly kind: 'repeat';
  /** How many there are is another question's answer (`repeat_count`). */
  readonly counted: boolean;
  readonly rows: readonly Row[];
}

/** One of a repeat's groups. Its path, and those below it, hold its number and move when one before it goes. */
export interface Row extends Node {
  readonly kind: 'row';
  /** From 1. */
  readonly n: number;
  readonly page: boolean;
  readonly counted: boolean;
  readonly children: readonly FormNode[];
}

export interface Note extends Node {
  readonly kind: 'note';
  readonly hint: string;
  /** Of a text that is only read, with what stands in it; blank for a plain note. */
  readonly value: string;
}

export type QuestionKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'geopoint'
  | 'geotrace'
  | 'geoshape'
  | 'barcode'
  | 'one'
  | 'many'
  | 'rank'
  | 'range'
  | 'yes'
  | 'image'
  | 'audio'
  | 'video'
  | 'file';

/** Of a position, in metres, as far as the form says so: when the search ends by itself, what is called poor. */
export interface Accuracies {
  readonly good: number | null;
  readonly poor: number | null;
}

/** Of a range, as the form writes them. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

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
  /** Of a range; null for any other kind. */
  readonly bounds: Bounds | null;
  readonly accuracy: Accuracies;
  /** The longest side that the form allows a photo. */
  readonly maxPixels: number | null;
  /** Blank while not relevant, although the engine remembers. */
  readonly value: string;
  /** The answer with what is not offered just now: when it is again, it is chosen again. Blank while not relevant. */
  readonly held: string;
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

export type FormNode = Group | Repeat | Row | Note | Question | Calculated | Unknown;

export interface Instance {
  readonly root: Group;
  /** The codes of the form's languages, 'zh', 'en'; empty when it has only one without a name. */
  readonly languages: readonly string[];
  speak(code: string): void;
  /** Relevant nodes only, in the form's order. */
  xml(): string;
  /** Throws what an expression of the form throws; the instance is then half dead and must be restored. */
  assign(question: Question, value: string): void;
  /** Of a draft: also a choice that is not offered just now. */
  giveBack(question: Question, held: string): void;
  /** A row more, as the last. */
  add(repeat: Repeat): void;
  remove(row: Row): void;
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

const NOT_ASKED: ReadonlySet<FormNode['kind']> = new Set(['group', 'repeat', 'row', 'note', 'calculated', 'unknown']);

/** XForms writes several chosen values with a space between; one alone may have spaces in it (a name from a repeat). */
export function chosenOf({ kind }: Pick<Question, 'kind'>, value: string): string[] {
  return kind === 'one' ? [value].filter(Boolean) : value.split(' ').filter(Boolean);
}

export function isQuestion(node: FormNode): node is Question {
  return !NOT_ASKED.has(node.kind);
}

export function below(node: FormNode): readonly FormNode[] {
  if (node.kind === 'repeat') return node.rows;
  return node.kind === 'group' || node.kind === 'row' ? node.children : [];
}

export function* walk(node: FormNode): Generator<FormNode> {
  yield node;
  for (const child of below(node)) yield* walk(child);
}
