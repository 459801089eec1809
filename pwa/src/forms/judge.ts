/**
 * When a violation is shown. The engine knows it at every key; to her it is said only when she has come to an end:
 * she left the box, chose a card, or asked to go on. Editing on, the sentence stays until the answer is right, and does
 * not come back before the next end. That something is missing is said only when she asks to go on.
 */
import { createSignal, type Signal } from 'solid-js';
import type { Filling, Wrong } from './filling';
import type { Question } from './model';

export interface Judge {
  /** The sentence to show now; reactive. */
  words(question: Question): string | undefined;
  /** She came to the end of this question. */
  end(question: Question): void;
  edited(question: Question): void;
  /** She asked to go on: true if this question stands in the way. */
  stops(question: Question): boolean;
}

export function createJudge(filling: () => Filling): Judge {
  const shown = new Map<string, Signal<Wrong | null>>();
  const of = (question: Question) => {
    let signal = shown.get(question.path);
    if (signal === undefined) shown.set(question.path, (signal = createSignal<Wrong | null>(null)));
    return signal;
  };
  const show = (question: Question, wrong: Wrong | null) => void of(question)[1](wrong);
  return {
    words(question) {
      const said = of(question)[0]();
      const wrong = said === null ? null : filling().wrong(question);
      if (said === null || wrong === null) return undefined;
      return wrong.condition === said.condition ? wrong.words : said.words; // in the language of now, where it can be
    },
    end(question) {
      const wrong = filling().wrong(question);
      if (wrong?.condition !== 'required') show(question, wrong);
    },
    edited(question) {
      if (filling().wrong(question) === null) show(question, null);
    },
    stops(question) {
      const wrong = filling().wrong(question);
      show(question, wrong);
      return wrong !== null;
    },
  };
}
