/**
 * What of an instance holds a value, and under which path. Made anew when rows have come or gone, and not at every key:
 * to ask the engine for the path of each is what costs most in a form of 500 questions.
 */
import { type Calculated, type Instance, isQuestion, type Question, walk } from './model';

/** What holds a value: hidden, the XML has none of it. */
export type Valued = Question | Calculated;

/** Old path → new path of what stands elsewhere since rows came or went; null: it went with its row. */
export type Moved = ReadonlyMap<string, string | null>;

export class ValuedNodes {
  readonly all: readonly Valued[];
  /** Of `all`, one by one. */
  readonly paths: readonly string[];
  readonly questions: readonly Question[];
  readonly byPath: ReadonlyMap<string, Question>;
  readonly hasRepeats: boolean;

  constructor(instance: Instance) {
    const nodes = [...walk(instance.root)];
    this.all = nodes.filter((node) => isQuestion(node) || node.kind === 'calculated');
    this.paths = this.all.map((each) => each.path);
    this.questions = this.all.filter(isQuestion);
    this.byPath = new Map(
      this.all.flatMap((each, index) => (isQuestion(each) ? [[this.paths[index] ?? '', each]] : [])),
    );
    this.hasRepeats = nodes.some((node) => node.kind === 'repeat');
  }

  /** Null: no row has come or gone. */
  movedSince(before: ValuedNodes): Moved | null {
    const now = new Map(this.all.map((each, index) => [each, this.paths[index] ?? null]));
    const moved = new Map<string, string | null>();
    for (const [index, each] of before.all.entries()) {
      const [path = '', there = null] = [before.paths[index], now.get(each)];
      if (there !== path) moved.set(path, there);
    }
    return moved.size === 0 && this.all.length === before.all.length ? null : moved;
  }
}
