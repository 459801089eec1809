/**
 * A box that is typed in. The box is never written to while a composition runs (that would end it and eat the pinyin),
 * and otherwise only when the answer is not what stands in it: a control character that was taken out, a text that came
 * from elsewhere. Browsers differ in whether the last `input` comes before or after `compositionend`: both are heard.
 */
import { createEffect, onCleanup } from 'solid-js';
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
  const show = () => {
    const { value } = props;
    if (composing || box.value === value) return;
    const caret = box.selectionStart;
    box.value = value;
    if (caret !== null && document.activeElement === box) box.setSelectionRange(caret, caret);
  };
  const answer = () => {
    composing = false;
    props.onAnswer(box.value);
    show();
  };
  onCleanup(() => {
    if (composing) answer();
  });
  return {
    ref(element) {
      box = element;
      createEffect(show);
    },
    onCompositionStart() {
      composing = true;
    },
    onCompositionEnd: answer,
    onInput(event) {
      if (composing || event.isComposing) props.onTyping(box.value);
      else answer();
    },
    onBlur() {
      if (composing) answer();
      props.onEnd();
    },
  };
}
