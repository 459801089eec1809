/**
 * The draft of a form, in our own format. The instance XML alone forgets every answer that is not relevant just now
 * (she ticks 没见到 by mistake, and everything below is gone after a restart), and it cannot hold 12abc in a number's
 * box. So a draft is the XML, the hidden answers, and the texts that differ from what the engine made of them.
 *
 * The rule: draft(restore(d)) equals d. It is plain JSON; `files` join it with the first photo question.
 */
import { type Instance, isQuestion, type Question, walk } from './model';

export type Draft = {
  readonly v: 1;
  readonly xml: string;
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

  hidden(questions: readonly Question[]): Draft['hidden'] {
    const known = questions.filter((each) => !each.relevant && this.answers.has(each.path));
    return known.map((each) => [each.path, this.answers.get(each.path) ?? ''] as const);
  }
}

export function questionsOf(instance: Instance): Question[] {
  return [...walk(instance.root)].filter(isQuestion);
}

/** Gives a restored instance back what its XML did not hold. A hidden node keeps what is written to it. */
export function unhide(instance: Instance, hidden: Draft['hidden'], shadow: Shadow): void {
  const questions = new Map(questionsOf(instance).map((each) => [each.path, each]));
  for (const [path, value] of hidden) {
    const question = questions.get(path);
    if (question === undefined || question.locked) continue;
    instance.assign(question, value);
    shadow.keep(path, value);
  }
}
