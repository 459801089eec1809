/**
 * A form while it is filled: takes answers, keeps the text of each box, makes drafts, says what is still wrong, and
 * ends in the XML that is sent. This is what a page holds; `openForm` gives one.
 */
import type { Draft } from './draft';
import type { FormFiles } from './files';
import type { EntityChange, FormFile } from './formfile';
import type { ListRows } from './lists';
import type { Group, Question, Repeat, Row } from './model';
import type { FormProblem } from './problems';
import type { Complaint } from './write';

export interface Wrong {
  readonly condition: 'required' | 'constraint' | 'unknown' | 'refused' | Complaint;
  readonly words: string;
}

export interface Problem {
  readonly path: string;
  readonly label: string;
  readonly words: string;
}

/** An answer that is not as it was sent. Both in words, as a person reads them (原来的, 刚拍的); blank: there was, or is, none. */
export interface Change {
  readonly path: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Takes back what a change took away. */
export type Undo = () => void;

export type Finished =
  | {
      readonly ok: true;
      readonly xml: string;
      readonly listRows: ListRows;
      /** What the record makes of rows of lists (the person's consent …), for the phone's own copy. */
      readonly saves: readonly EntityChange[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reactive where it answers from the form: root, get, box, wrong, problems, trouble, changes, anew. */
export interface Filling {
  readonly file: FormFile;
  /** The files that its labels show. */
  readonly files: FormFiles;
  readonly root: Group;
  readonly languages: readonly string[];
  setLanguage(code: string): void;
  /** By its path in the form, or by the county's name of it (places.ts). */
  question(path: string): Question | null;
  /** The answer, as the record will hold it; blank while hidden. */
  get(path: string): string;
  /** May it not be answered: the form says so, or it was not asked about in this correction. */
  locked(question: Question): boolean;
  /** The text that stands in the box. */
  box(question: Question): string;
  /** Gives the way back when rows of a repeat went with it, that somebody had filled. */
  set(path: string, text: string): Undo | null;
  /** What stands in the box is kept, and is no answer yet; `composing`: nor is it judged. */
  typing(path: string, text: string, composing: boolean): void;
  /** What was only typed becomes the answer: she goes on. */
  settle(): void;
  /** May rows be added and taken away? */
  rowsFixed(): boolean;
  /** A row more; gives its path. */
  addRow(repeat: Repeat): string;
  removeRow(row: Row): Undo;
  wrong(question: Question): Wrong | null;
  problems(): Problem[];
  /** The form itself broke and could not be brought back; what was written is in the last draft. */
  trouble(): FormProblem | null;
  draft(): Draft;
  /** What the draft has read of the lists, hidden answers included. */
  listRows(): ListRows;
  /** Editing: the answer in the record that was sent; null where it was not asked then, or nothing was sent. */
  sent(path: string): string | null;
  /** Editing: what differs from the record that was sent, also what opening it changed; else nothing. */
  changes(): Change[];
  /** Editing: what is open and asks for her: not asked when it was sent, not as it was sent, or wanting. */
  anew(): Question[];
  /** Editing: the paths that a change of this answer can touch. */
  dependents(path: string): readonly string[];
  onChange(changed: () => void): () => void;
  finish(): Promise<Finished>;
  dispose(): void;
}
