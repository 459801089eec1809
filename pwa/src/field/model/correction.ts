/** What was asked about a record, and what she has said to it so far. */
import type { Asked, CorrectionAnswer } from '../../store/types';

export interface AskedPlace {
  readonly path: string;
  /** the reviewer's; several words about one answer stand below each other */
  readonly words: string;
}

/** In the order in which they were asked; one place an answer. */
export function placesOf(asked: readonly Asked[]): AskedPlace[] {
  const words = new Map<string, string[]>();
  for (const { path, text } of asked) words.set(path, [...(words.get(path) ?? []), text]);
  return [...words].map(([path, texts]) => ({ path, words: texts.join('\n') }));
}

export interface SaidTo {
  readonly said: CorrectionAnswer['said'] | null;
  readonly reason: string;
}

export function saidTo(answers: readonly CorrectionAnswer[], record: string, path: string): SaidTo {
  const found = answers.find((each) => each.path === path && each.record === record);
  return { said: found?.said ?? null, reason: found?.reason ?? '' };
}

/** The answers with one of them said anew, or taken back. A change needs no reason: it is seen. */
export function withSaid(
  answers: readonly CorrectionAnswer[],
  record: string,
  path: string,
  { said, reason }: SaidTo,
): CorrectionAnswer[] {
  const others = answers.filter((each) => each.path !== path || each.record !== record);
  if (said === null) return others;
  return [...others, said === 'changed' || reason === '' ? { record, path, said } : { record, path, said, reason }];
}
