/**
 * A form while it is filled: takes answers, keeps the text of each box, makes drafts, says what is still wrong, and
 * ends in the XML that is sent. This is what a page holds; `openForm` gives one.
 */
import type { Draft } from './draft';
import type { EntityChange, FormFile } from './formfile';
import type { ListRows } from './lists';
import type { Group, Question } from './model';
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

export type Finished =
  | {
      readonly ok: true;
      readonly xml: string;
      readonly listRows: ListRows;
      /** What the record makes of rows of lists (the person's consent …), for the phone's own copy. */
      readonly saves: readonly EntityChange[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reactive where it answers from the form: root, get, box, wrong, problems, trouble. */
export interface Filling {
  readonly file: FormFile;
  readonly root: Group;
  readonly languages: readonly string[];
  setLanguage(code: string): void;
  question(path: string): Question | null;
  /** The answer, as the record will hold it; blank while hidden. */
  get(path: string): string;
  /** The text that stands in the box. */
  box(question: Question): string;
  set(path: string, text: string): void;
  typing(path: string, text: string): void;
  wrong(question: Question): Wrong | null;
  problems(): Problem[];
  /** The form itself broke and could not be brought back; what was written is in the last draft. */
  trouble(): FormProblem | null;
  draft(): Draft;
  /** What the draft has read of the lists, hidden answers included. */
  listRows(): ListRows;
  onChange(changed: () => void): () => void;
  finish(): Promise<Finished>;
  dispose(): void;
}
