/** What can keep a form from being opened, in words that say what to do next. */
import { t } from '../i18n';

export type FormProblemCode =
  | 'engineLate'
  | 'engineMissing'
  | 'formUnreadable'
  | 'listMissing'
  | 'draftUnreadable'
  | 'sentUnreadable';

export class FormProblem extends Error {
  override readonly name = 'FormProblem';

  constructor(
    readonly code: FormProblemCode,
    options?: { cause: unknown },
  ) {
    super(code, options);
  }

  /** In the language that is spoken now. */
  get words(): string {
    return t(`forms.${this.code}`);
  }
}
