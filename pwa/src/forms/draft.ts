/**
 * The draft of a form, in our own format. The instance XML alone forgets every answer that is not relevant just now
 * (she ticks 没见到 by mistake, and everything below is gone after a restart), and it cannot hold 12abc in a number's
 * box. So a draft is the XML, the hidden answers, and the texts that differ from what the engine made of them.
 *
 * The rule: draft(restore(d)) equals d. It is plain JSON; `files` join it with the first photo question.
 */
import { type Instance, isQuestion, type Question, type Repeat, walk } from './model';

export type Draft = {
  readonly v: 1;
  readonly xml: string;
  /** Of a repeat: how many rows it has. */
  readonly hidden: readonly (readonly [path: string, value: string])[];
  readonly typed: readonly (readonly [path: string, text: string])[];
};

/** What the store gave back, if it is one. */
export function asDraft(value: unknown): Draft | null {
  const draft = value as Partial<Draft> | null;
  const ours = draft?.v === 1 && typeof draft.xml === 'string' && pairs(draft.hidden) && pairs(draft.typed);
  return ours ? (draft as Draft) : null;
}

function pairs(value: unknown): boolean {
  const pair = (each: unknown) => Array.isArray(each) && each.length === 2 && each.every((e) => typeof e === 'string');
  return Array.isArray(value) && value.every(pair);
}

/** Old path → new path of what stands elsewhere since rows came or went; null: it went with its row. */
export type Moved = ReadonlyMap<string, string | null>;

/** The last answer of each question that was relevant once: the engine shows a blank while it is hidden. */
export class Shadow {
  private readonly answers = new Map<string, string>();

  /** Before each write and each draft: only a write can hide something. */
  remember(questions: readonly Question[]): void {
    for (const each of questions) if (each.relevant) this.answers.set(each.path, each.value);
  }

  keep(path: string, value: string): void {
    this.answers.set(path, value);
  }

  of(question: Question): string {
    return question.relevant ? question.value : (this.answers.get(question.path) ?? '');
  }

  /** After rows have come or gone: the answers go with their questions. */
  move(moved: Moved): void {
    moveKeys(this.answers, moved);
  }

  hidden(questions: readonly Question[]): Draft['hidden'] {
    const known = questions.filter((each) => !each.relevant && this.answers.has(each.path));
    return known.map((each) => [each.path, this.answers.get(each.path) ?? ''] as const);
  }
}

export function questionsOf(instance: Instance): Question[] {
  return [...walk(instance.root)].filter(isQuestion);
}

/** How many rows the hidden repeats have that she fills row by row: the XML holds none of them. */
export function hiddenRows(instance: Instance): Draft['hidden'] {
  return freeRepeats(instance)
    .filter((repeat) => !repeat.relevant)
    .map((repeat) => [repeat.path, String(repeat.rows.length)] as const);
}

function freeRepeats(instance: Instance): Repeat[] {
  return [...walk(instance.root)].filter((node) => node.kind === 'repeat').filter((repeat) => !repeat.counted);
}

/** Each key that moved, under its new name; null: it is gone. */
export function moveKeys<V>(values: Map<string, V>, moved: Moved): void {
  const taken = [...moved].flatMap(([from, to]) => {
    const value = values.get(from);
    values.delete(from);
    return to === null || value === undefined ? [] : [[to, value] as const];
  });
  for (const [to, value] of taken) values.set(to, value);
}

/**
 * Gives a restored instance back what its XML did not hold. A hidden node keeps what is written to it. Gives what has no
 * place yet: rows whose number is a hidden answer come only when that is shown.
 */
export function unhide(instance: Instance, hidden: Draft['hidden'], shadow: Shadow): Draft['hidden'] {
  giveRows(instance, new Map(hidden));
  const nodes = new Map([...walk(instance.root)].map((each) => [each.path, each]));
  for (const [path, value] of hidden) {
    const node = nodes.get(path);
    if (node === undefined || !isQuestion(node) || node.locked) continue;
    instance.assign(node, value);
    shadow.keep(path, value);
  }
  return hidden.filter(([path]) => !nodes.has(path));
}

/** Outer rows first: the inner ones stand in them. */
function giveRows(instance: Instance, hidden: ReadonlyMap<string, string>): void {
  for (let again = true; again; ) {
    again = false;
    for (const repeat of freeRepeats(instance)) {
      const wanted = Number(hidden.get(repeat.path) ?? repeat.rows.length);
      again ||= repeat.rows.length !== wanted;
      while (repeat.rows.length < wanted) instance.add(repeat);
      for (let last = repeat.rows.at(-1); last && repeat.rows.length > wanted; last = repeat.rows.at(-1))
        instance.remove(last);
    }
  }
}
