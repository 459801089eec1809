/**
 * A box that is typed in. What is typed is painted first and answers the form in the moment after, since on a slow phone
 * the form takes longer than a frame; until then it is kept as a text, so that every draft has it. The box is never
 * written to while a composition runs (that would end it and eat the pinyin), and otherwise only when the answer is not
 * what stands in it: a control character that was taken out, a text that came from elsewhere. Browsers differ in whether
 * the last `input` comes before or after `compositionend`: both are heard.
 */
import { createEffect, onCleanup } from 'solid-js';
import { afterPaint } from './after-paint';
import type { WidgetProps } from './widget';

type Box = HTMLInputElement | HTMLTextAreaElement;

export interface Typing {
  ref(box: Box): void;
  onCompositionStart(): void;
  onCompositionEnd(): void;
  onInput(event: InputEvent): void;
  onBlur(): void;
}

export function typingOf(props: WidgetProps): Typing {
  let box!: Box;
  let composing = false;
  let later: (() => void) | null = null;
  const show = () => {
    const { value } = props;
    if (composing || later !== null || box.value === value) return;
    const caret = box.selectionStart;
    box.value = value;
    if (caret !== null && document.activeElement === box) box.setSelectionRange(caret, caret);
  };
  const answer = () => {
    later?.();
    later = null;
    composing = false;
    props.onAnswer(box.value);
    show();
  };
  const keep = (running: boolean) => {
    props.onTyping(box.value, running);
    if (!running) later ??= afterPaint(answer);
  };
  const leave = () => {
    if (composing || later !== null) answer();
  };
  onCleanup(leave);
  return {
    ref(element) {
      box = element;
      createEffect(show);
    },
    onCompositionStart() {
      later?.();
      later = null;
      composing = true;
    },
    onCompositionEnd() {
      composing = false;
      keep(false);
    },
    onInput(event) {
      keep(composing || event.isComposing);
    },
    onBlur() {
      leave();
      props.onEnd();
    },
  };
}
