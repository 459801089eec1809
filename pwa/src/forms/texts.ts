/**
 * The text of each box where it differs from the answer: 12abc, '5.' that the engine writes as 5.0, the pinyin of a
 * running composition. A text belongs to the answer that it was typed over: when the form itself changes the answer
 * (a calculation that fills a field), the text is out of date and no longer shown.
 */
import { createSignal, type Signal } from 'solid-js';
import { moveKeys, type Shadow } from './draft';
import type { Question } from './model';
import type { Moved } from './valued';
import type { Complaint } from './write';

/** refused: the form broke when it got it. */
export type Objection = Complaint | 'refused' | null;

interface Text {
  readonly text: string;
  readonly value: string;
  readonly complaint: Objection;
  /** The form has not heard of the text yet. */
  readonly open: boolean;
}

export class Texts {
  private readonly signals = new Map<string, Signal<Text | null>>();

  private signal(path: string): Signal<Text | null> {
    let signal = this.signals.get(path);
    if (signal === undefined) {
      signal = createSignal<Text | null>(null);
      this.signals.set(path, signal);
    }
    return signal;
  }

  /** Reactive: the text to show instead of the answer, or null. */
  of(question: Question): string | null {
    return this.current(question)?.text ?? null;
  }

  complaint(question: Question): Objection {
    return this.current(question)?.complaint ?? null;
  }

  private current(question: Question): Text | null {
    const text = this.signal(question.path)[0]();
    return text !== null && (!question.relevant || text.value === question.value) ? text : null;
  }

  keep(question: Question, text: string, complaint: Objection, shadow: Shadow): void {
    const value = shadow.of(question);
    const same = text === value && complaint === null;
    this.signal(question.path)[1](same ? null : { text, value, complaint, open: false });
  }

  /** The form will hear of it later. Until then the complaint about the text before stands, but for one in composition. */
  keepOpen(question: Question, text: string, composing: boolean, shadow: Shadow): void {
    const complaint = composing ? null : this.complaint(question);
    this.signal(question.path)[1]({ text, value: shadow.of(question), complaint, open: true });
  }

  move(moved: Moved): void {
    moveKeys(this.signals, moved);
  }

  clear(): void {
    for (const [, set] of this.signals.values()) set(null);
  }

  drop(question: Question): void {
    this.signal(question.path)[1](null);
  }

  /** Of the questions whose text may differ. */
  paths(): readonly string[] {
    return [...this.signals].filter(([, [text]]) => text() !== null).map(([path]) => path);
  }

  /** For the draft: also of a question that is hidden just now. */
  kept(question: Question, shadow: Shadow): string | null {
    const text = this.signals.get(question.path)?.[0]() ?? null;
    return text !== null && text.value === shadow.of(question) ? text.text : null;
  }

  open(question: Question): string | null {
    const text = this.current(question);
    return text?.open === true ? text.text : null;
  }
}
