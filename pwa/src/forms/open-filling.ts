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
import { type Draft, hiddenRows, Shadow, unhide, withHidden } from './draft';
import type { Change, Filling, Finished, Problem, Undo, Wrong } from './filling';
import type { FormAround, FormFiles } from './files';
import { entityOf, type FormFile } from './formfile';
import { type ListRow, type ListRows, rowsRead } from './lists';
import {
  type FormNode,
  type Group,
  type Instance,
  isQuestion,
  type LoadedForm,
  type Question,
  type Repeat,
  type Row,
  walk,
} from './model';
import { missing } from './missing';
import { placesOf, schemaOf } from './places';
import { FormProblem } from './problems';
import type { Sent } from './sent';
import { Texts } from './texts';
import { ValuedNodes } from './valued';
import { clean, understood, understoodCount, type Understood, understoodOrder } from './write';

/** A state that can be brought back: a draft, and the answers that were given since. */
interface Checkpoint {
  readonly draft: Draft;
  readonly since: (readonly [path: string, text: string])[];
}

/** To make a draft at every key is what costs most of it; to give so many answers again costs little. */
const MOST_SINCE = 50;

export class OpenFilling implements Filling {
  readonly file: FormFile;
  readonly files: FormFiles;
  private readonly instance: () => Instance;
  private readonly setInstance: (next: Instance) => void;
  private readonly trouble_: [() => FormProblem | null, (problem: FormProblem) => void];
  private readonly shape: [() => number, (count: (before: number) => number) => void];
  private nodes: ValuedNodes;
  /** Of a draft, what belongs into rows that are not there yet. */
  private lateAnswers = new Map<string, string>();
  private lateTexts = new Map<string, string>();
  private readonly shadow = new Shadow();
  private readonly texts = new Texts();
  private readonly listeners = new Set<() => void>();
  private language: string | null = null;
  private mending: Promise<void> | null = null;
  private waiting: (readonly [path: string, text: string])[] = [];
  private checkpoint: Checkpoint | null = null;

  constructor(
    private readonly form: LoadedForm,
    around: FormAround,
    private readonly lists: ReadonlyMap<string, readonly ListRow[]>,
    first: Instance,
    private readonly sentRecord: Sent | null,
  ) {
    this.file = around.file;
    this.files = around.files;
    const [instance, setInstance] = createSignal(first);
    const [trouble, setTrouble] = createSignal<FormProblem | null>(null);
    this.shape = createSignal(0);
    this.instance = instance;
    this.setInstance = (next) => {
      this.index(next);
      setInstance(next);
    };
    this.trouble_ = [trouble, setTrouble];
    this.nodes = new ValuedNodes(first);
  }

  private index(instance: Instance): void {
    this.nodes = new ValuedNodes(instance);
    if (this.language !== null) instance.speak(this.language);
  }

  /** Rows may have come or gone: what is kept by path goes with its question. */
  private indexRows(): void {
    if (!this.nodes.hasRepeats) return;
    const nodes = new ValuedNodes(this.instance());
    const moved = nodes.movedSince(this.nodes);
    if (moved === null) return;
    this.shadow.move(moved);
    this.texts.move(moved);
    this.nodes = nodes;
    this.shape[1]((count) => count + 1);
    this.takeLate();
  }

  private takeLate(): void {
    const paths = new Set(this.nodes.paths);
    const there = [...this.lateAnswers].filter(([path]) => paths.has(path));
    for (const [path, value] of there) {
      const question = this.nodes.byPath.get(path);
      this.lateAnswers.delete(path);
      if (question === undefined || question.locked) continue;
      this.instance().giveBack(question, value);
      if (!question.relevant) this.shadow.keep(path, value);
    }
    if (there.length > 0) this.indexRows();
    for (const [path, text] of [...this.lateTexts]) {
      if (!this.nodes.byPath.has(path)) continue;
      this.lateTexts.delete(path);
      this.takeText(path, text);
    }
  }

  async takeUp(draft: Draft): Promise<void> {
    this.unhide(this.instance(), draft);
    this.indexRows();
    for (const [path, text] of draft.typed) {
      this.takeText(path, text);
      await this.mending;
    }
  }

  private unhide(instance: Instance, draft: Draft): void {
    this.lateAnswers = new Map(unhide(instance, draft.hidden, this.shadow));
    this.lateTexts = new Map();
  }

  private takeText(path: string, text: string): void {
    const question = this.question(path);
    if (question === null) this.lateTexts.set(path, text);
    else if (question.relevant) this.set(path, text);
    else this.texts.keep(question, text, this.understood(question, text).complaint, this.shadow);
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
    this.shape[0]();
    return this.nodes.byPath.get(path) ?? this.meant(path);
  }

  /** By the county's name of an answer in a row. */
  private meant(place: string): Question | null {
    if (!place.endsWith(']')) return null;
    if (this.sentRecord !== null)
      return this.nodes.questions.find((each) => this.sentRecord?.means(place, each)) ?? null;
    const places = placesOf(this.nodes.byPath.keys());
    return this.nodes.questions.find((each) => places.get(each.path) === place) ?? null;
  }

  get(path: string): string {
    const question = this.question(path);
    if (question !== null) return question.value;
    for (const node of walk(this.root)) if (node.path === path) return 'value' in node ? node.value : '';
    return '';
  }

  locked(question: Question): boolean {
    return question.locked || (this.sentRecord?.locks(question) ?? false);
  }

  box(question: Question): string {
    return this.texts.of(question) ?? question.value;
  }

  set(path: string, text: string): Undo | null {
    const question = this.question(path);
    if (question === null) throw new RangeError(`No question at ${path}`);
    const plain = clean(text);
    if (this.mending !== null) {
      this.waiting.push([path, plain]);
      this.texts.keep(question, plain, null, this.shadow);
      return null;
    }
    const rows = this.filledRows();
    const before = this.before();
    const given = before.since.length;
    try {
      this.answer(question, plain);
      if (this.rowsFollow) this.indexRows();
      this.orderAgain();
      before.since.push([path, plain]);
    } catch {
      this.mending = this.mend(before, path, plain);
    }
    this.changed();
    if (this.filledRows() >= rows || this.mending !== null) return null;
    return () => this.goBack({ draft: before.draft, since: before.since.slice(0, given) });
  }

  private answer(question: Question, plain: string): void {
    const { value, complaint } = this.understood(question, plain);
    this.instance().assign(question, value);
    if (!question.relevant) this.shadow.keep(question.path, value);
    if (isTyped(question)) this.texts.keep(question, plain, complaint, this.shadow);
    else this.texts.drop(question);
  }

  /** Other choices may be offered now: what was half an order can be a whole one, and the other way round. */
  private orderAgain(): void {
    for (const path of this.texts.paths()) {
      const question = this.nodes.byPath.get(path);
      if (question?.kind !== 'rank' || !question.relevant) continue;
      const text = this.texts.of(question);
      if (text !== null) this.answer(question, text);
    }
  }

  /** What can be brought back when the form breaks. */
  private before(): Checkpoint {
    const last = this.checkpoint;
    if (last === null || last.since.length >= MOST_SINCE) return this.check();
    this.shadow.remember(this.nodes);
    return last;
  }

  private understood(question: Question, text: string): Understood {
    if (question.kind === 'rank') return understoodOrder(text, question.options.length);
    const counts = this.file.counts.has(schemaOf(question.path));
    return counts ? understoodCount(text, this.shadow.of(question)) : understood(question.kind, text);
  }

  /** An answer can add rows, or take them away. */
  private get rowsFollow(): boolean {
    return this.file.counts.size > 0;
  }

  /** Rows in which something was answered, hidden ones too. */
  private filledRows(): number {
    if (!this.rowsFollow) return 0;
    const rows = [...walk(this.instance().root)].filter((node) => node.kind === 'row');
    return rows.filter((row) => this.isFilled(row)).length;
  }

  private isFilled(row: Row): boolean {
    return [...walk(row)].some((node) => isQuestion(node) && this.shadow.of(node) !== '');
  }

  typing(path: string, text: string, composing: boolean): void {
    const question = this.question(path);
    if (question !== null) this.texts.keepOpen(question, clean(text), composing, this.shadow);
    this.changed();
  }

  settle(): void {
    for (const question of this.nodes.questions) {
      const text = this.texts.open(question);
      if (text !== null) this.set(question.path, text);
    }
  }

  rowsFixed(): boolean {
    return this.sentRecord?.rowsFixed ?? false;
  }

  addRow(repeat: Repeat): string {
    this.instance().add(repeat);
    this.checkpoint = null;
    this.indexRows();
    this.changed();
    return repeat.rows.at(-1)?.path ?? repeat.path;
  }

  removeRow(row: Row): Undo {
    const before = this.check();
    this.instance().remove(row);
    this.checkpoint = null;
    this.indexRows();
    this.changed();
    return () => this.goBack(before);
  }

  private goBack(to: Checkpoint): void {
    this.mending ??= this.restore(to.draft).then((instance) => {
      if (instance === null) return;
      this.texts.clear();
      for (const [path, text] of to.draft.typed) this.takeText(path, text);
      this.waiting.push(...to.since);
      this.mended();
    });
  }

  /** Nobody waits for it but `finish` and a second write, so it may not reject. */
  private async mend(before: Checkpoint, path: string, text: string): Promise<void> {
    if ((await this.restore(before.draft)) === null) return;
    const later = this.waiting.splice(0);
    this.waiting = [...before.since];
    this.mended();
    const question = this.question(path);
    if (question !== null) this.texts.keep(question, text, 'refused', this.shadow);
    for (const [each, words] of later) this.set(each, words);
    this.changed();
  }

  /** The moment before; null, and trouble: the form cannot be brought back. */
  private async restore(to: Draft): Promise<Instance | null> {
    try {
      const instance = await this.form.restore(withHidden(to, this.file.repeats));
      this.unhide(instance, to);
      this.setInstance(instance);
      this.checkpoint = null;
      return instance;
    } catch (cause) {
      this.trouble_[1](cause instanceof FormProblem ? cause : new FormProblem('formUnreadable', { cause }));
      return null;
    }
  }

  private mended(): void {
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
    return this.check().draft;
  }

  private check(): Checkpoint {
    this.shadow.remember(this.nodes);
    const typed = this.texts.paths().flatMap((path) => {
      const question = this.nodes.byPath.get(path);
      const text = question === undefined ? null : this.texts.kept(question, this.shadow);
      return text === null ? [] : [[path, text] as const];
    });
    const rows = this.nodes.hasRepeats ? hiddenRows(this.instance()) : [];
    const hidden = [...this.shadow.hidden(this.nodes), ...rows, ...this.lateAnswers];
    const inOrder = (pairs: Draft['typed']) => [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
    const draft: Draft = {
      v: 1,
      xml: this.instance().xml(),
      hidden: inOrder(hidden),
      typed: inOrder([...typed, ...this.lateTexts]),
    };
    const checkpoint = { draft, since: [] };
    if (this.mending === null) this.checkpoint = checkpoint;
    return checkpoint;
  }

  listRows(): ListRows {
    this.shadow.remember(this.nodes);
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
    const question = this.question(path);
    return question === null ? null : (this.sentRecord?.answer(question) ?? null);
  }

  changes(): Change[] {
    return this.sentRecord?.changes(this.root) ?? [];
  }

  anew(): Question[] {
    if (this.sentRecord === null) return [];
    this.instance();
    this.shape[0]();
    return this.nodes.questions.filter((each) => each.relevant && !this.locked(each) && this.asksAnew(each));
  }

  private asksAnew(question: Question): boolean {
    return this.sentRecord?.answer(question) !== question.value || this.wrong(question) !== null;
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
    this.settle();
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
    this.files.dispose();
  }
}

const TYPED: ReadonlySet<Question['kind']> = new Set([
  'text',
  'integer',
  'decimal',
  'date',
  'time',
  'dateTime',
  'geotrace',
  'geoshape',
  'barcode',
  'rank',
]);

/** The text of its box may differ from its answer. */
function isTyped({ kind }: Question): boolean {
  return TYPED.has(kind);
}
