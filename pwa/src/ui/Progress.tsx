/** Segments for questions, a bar for bytes and rows. Both say in words what they draw. */
import { createEffect, Index, type JSX } from 'solid-js';
import { t } from '../i18n';

/** More strokes than this become a row of hairs on a phone: then each stands for several steps. */
const STROKES = 16;

export function Steps(props: { step: number; of: number }): JSX.Element {
  const strokes = () => Math.min(props.of, STROKES);
  const reached = (stroke: number) => Math.ceil(((stroke + 1) * props.of) / strokes()) <= props.step;
  return (
    <div class="qprog" role="img" aria-label={t('ui.step', { n: props.step, of: props.of })}>
      <span class="steps-bar grow">
        <Index each={Array.from({ length: strokes() }, (_, stroke) => reached(stroke))}>
          {(on) => <i classList={{ on: on() }} />}
        </Index>
      </span>
      <span class="cap nowrap">{t('ui.step', { n: props.step, of: props.of })}</span>
    </div>
  );
}

/** `done` null: it runs, nobody knows how far. */
export function Bar(props: { done: number | null; of: number; label: string }): JSX.Element {
  let bar!: HTMLProgressElement;
  createEffect(() => {
    if (props.done === null || props.of <= 0) bar.removeAttribute('value');
    else bar.value = Math.min(1, props.done / props.of);
  });
  return <progress ref={bar} class="bar" max="1" aria-label={props.label} />;
}
