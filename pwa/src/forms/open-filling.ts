/**
 * Holds an open form together.
 *
 * - Call `set` from events, not from effects: what an expression of the form throws must reach us. It leaves the
 *   engine's instance half dead, so the instance of the moment before is restored and the text stays, with a complaint.
 * - While a composition (Chinese typing) runs, `typing` keeps the text for the draft; it is no answer yet, so nothing
 *   is judged, shown or hidden because of it.
 * - `draft` is immediate on purpose: a page that is being hidden has no time to wait.
 */
import { createSignal } from 'solid-js';
import { t } from '../i18n';
import { type Draft, questionsOf, Shadow, unhide } from './draft';
import type { Change, Filling, Finished, Problem, Wrong } from './filling';
import { entityOf, type FormFile } from './formfile';
import { type ListRow, type ListRows, rowsRead } from './lists';
import { type FormNode, type Group, type Instance, isQuestion, type LoadedForm, type Question, walk } from './model';
import { FormProblem } from './problems';
import type { Sent } from './sent';
import { Texts } from './texts';
import { clean, understood } from './write';

export class OpenFilling implements Filling {
  private readonly instance: () => Instance;
  private readonly setInstance: (next: Instance) => void;
  private readonly trouble_: [() => FormProblem | null, (problem: FormProblem) => void];
  private questions: readonly Question[] = [];
  private byPath: ReadonlyMap<string, Question> = new Map();
  private readonly shadow = new Shadow();
  private readonly texts = new Texts();
  private readonly listeners = new Set<() => void>();
  private language: string | null = null;
  private mending: Promise<void> | null = null;
  private waiting: (readonly [path: string, text: string])[] = [];

  constructor(
    private readonly form: LoadedForm,
    readonly file: FormFile,
    private readonly lists: ReadonlyMap<string, readonly ListRow[]>,
    first: Instance,
    private readonly sentRecord: Sent | null,
  ) {
    const [instance, setInstance] = createSignal(first);
    const [trouble, setTrouble] = createSignal<FormProblem | null>(null);
    this.instance = instance;
    this.setInstance = (next) => {
      this.index(next);
      setInstance(next);
    };
    this.trouble_ = [trouble, setTrouble];
    this.index(first);
  }

  private index(instance: Instance): void {
    this.questions = questionsOf(instance);
    this.byPath = new Map(this.questions.map((each) => [each.path, each]));
    if (this.language !== null) instance.speak(this.language);
  }

  async takeUp(draft: Draft): Promise<void> {
    unhide(this.instance(), draft.hidden, this.shadow);
    for (const [path, text] of draft.typed) {
      const question = this.question(path);
      if (question?.relevant === true) this.set(path, text);
      else if (question !== null)
        this.texts.keep(question, text, understood(question.kind, text).complaint, this.shadow);
      await this.mending;
    }
  }

  get root(): Group {
    return this.instance().root;
  }

  get languages(): readonly string[] {
    return this.instance().languages;
  }

  trouble = () => this.trouble_[0]();

  setLanguage(code: string): void {
    this.language = code;
    this.instance().speak(code);
  }

  question(path: string): Question | null {
    this.instance();
    return this.byPath.get(path) ?? null;
  }

  get(path: string): string {
    for (const node of walk(this.root)) if (node.path === path) return 'value' in node ? node.value : '';
    return '';
  }

  locked(question: Question): boolean {
    return question.locked || (this.sentRecord?.locks(question) ?? false);
  }

  box(question: Question): string {
    return this.texts.of(question) ?? question.value;
  }

  set(path: string, text: string): void {
    const question = this.question(path);
    if (question === null) throw new RangeError(`No question at ${path}`);
    const plain = clean(text);
    if (this.mending !== null) {
      this.waiting.push([path, plain]);
      this.texts.keep(question, plain, null, this.shadow);
      return;
    }
    const { value, complaint } = understood(question.kind, plain);
    const before = this.draft();
    try {
      this.instance().assign(question, value);
      if (!question.relevant) this.shadow.keep(path, value);
      if (isTyped(question)) this.texts.keep(question, plain, complaint, this.shadow);
      else this.texts.drop(question);
    } catch {
      this.mending = this.mend(before, path, plain);
    }
    this.changed();
  }

  typing(path: string, text: string): void {
    const question = this.question(path);
    if (question !== null) this.texts.keep(question, clean(text), 'open', this.shadow);
    this.changed();
  }

  /** Nobody waits for it but `finish` and a second write, so it may not reject. */
  private async mend(before: Draft, path: string, text: string): Promise<void> {
    try {
      const instance = await this.form.restore(before.xml);
      unhide(instance, before.hidden, this.shadow);
      this.setInstance(instance);
      const question = this.question(path);
      if (question !== null) this.texts.keep(question, text, 'refused', this.shadow);
    } catch (cause) {
      this.trouble_[1](cause instanceof FormProblem ? cause : new FormProblem('formUnreadable', { cause }));
      return;
    }
    this.mending = null;
    for (const [each, words] of this.waiting.splice(0)) this.set(each, words);
    this.changed();
  }

  wrong(question: Question): Wrong | null {
    if (!question.relevant) return null;
    const complaint = this.texts.complaint(question);
    if (complaint !== null) return { condition: complaint, words: t(`forms.${complaint}`) };
    const { violation } = question;
    if (violation === null) return null;
    const { condition } = violation;
    return {
      condition,
      words: violation.words ?? t(condition === 'required' ? missing(question) : 'forms.constraint'),
    };
  }

  problems(): Problem[] {
    const problems: Problem[] = [];
    for (const node of walk(this.root)) {
      const wrong = this.wrongAt(node);
      if (wrong !== null) problems.push({ path: node.path, label: node.label, words: wrong.words });
    }
    return problems;
  }

  private wrongAt(node: FormNode): Wrong | null {
    if (isQuestion(node)) return this.wrong(node);
    const broken = node.kind === 'unknown' && node.relevant && node.violation !== null;
    return broken ? { condition: 'unknown', words: t('forms.unknown') } : null;
  }

  draft(): Draft {
    this.shadow.remember(this.questions);
    const typed = this.questions.flatMap((each) => {
      const text = this.texts.kept(each, this.shadow);
      return text === null ? [] : [[each.path, text] as const];
    });
    return { v: 1, xml: this.instance().xml(), hidden: this.shadow.hidden(this.questions), typed };
  }

  listRows(): ListRows {
    this.shadow.remember(this.questions);
    return this.rowsOf((question) => this.shadow.of(question));
  }

  private rowsOf(answer: (question: Question) => string): ListRows {
    const values = new Set<string>();
    for (const node of walk(this.root)) {
      const value = isQuestion(node) ? answer(node) : node.kind === 'calculated' ? node.value : '';
      for (const each of value.split(' ')) if (each !== '') values.add(each);
    }
    return rowsRead(this.lists, values);
  }

  sent(path: string): string | null {
    return this.sentRecord?.answer(path) ?? null;
  }

  changes(): Change[] {
    return this.sentRecord?.changes(this.root) ?? [];
  }

  anew(): Question[] {
    if (this.sentRecord === null) return [];
    this.instance();
    return this.questions.filter((each) => each.relevant && !this.locked(each) && this.asksAnew(each));
  }

  private asksAnew(question: Question): boolean {
    return this.sent(question.path) !== question.value || this.wrong(question) !== null;
  }

  dependents(path: string): readonly string[] {
    return this.sentRecord?.dependents(path) ?? [];
  }

  onChange(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  private changed(): void {
    for (const each of this.listeners) each();
  }

  async finish(): Promise<Finished> {
    for (const question of this.questions) {
      const text = this.texts.open(question);
      if (text !== null) this.set(question.path, text);
    }
    await this.mending;
    const trouble = this.trouble();
    if (trouble !== null) throw trouble;
    const problems = this.problems();
    if (problems.length > 0) return { ok: false, problems };
    await this.instance().seal();
    const xml = this.instance().xml();
    const entity = entityOf(this.file, xml);
    return { ok: true, xml, listRows: this.rowsOf((each) => each.value), saves: entity === null ? [] : [entity] };
  }

  dispose(): void {
    this.listeners.clear();
    this.form.dispose();
  }
}

/** The text of its box may differ from its answer. */
function isTyped({ kind }: Question): boolean {
  return kind === 'text' || kind === 'integer' || kind === 'decimal' || kind === 'date';
}

type Missing = `forms.required${'' | 'One' | 'Many' | 'Photo' | 'Voice'}`;

function missing(question: Question): Missing {
  switch (question.kind) {
    case 'one':
      return 'forms.requiredOne';
    case 'many':
      return 'forms.requiredMany';
    case 'image':
      return 'forms.requiredPhoto';
    case 'audio':
      return 'forms.requiredVoice';
    case 'text':
    case 'integer':
    case 'decimal':
    case 'date':
      return 'forms.required';
  }
}
