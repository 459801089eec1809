/** A few short answers side by side, over the browser's own radio buttons; below each other at the largest letters. */
import { createUniqueId, For, type JSX } from 'solid-js';
import { FieldError } from './Field';
import { Icon } from './Icon';

export interface SegmentsProps<V extends string> {
  /** What is answered; for readers only, the page shows it above. */
  label: string;
  options: readonly { readonly value: V; readonly label: string }[];
  chosen: V | null;
  error?: string | undefined;
  onChoose: (value: V) => void;
}

export function Segments<V extends string>(props: SegmentsProps<V>): JSX.Element {
  const id = createUniqueId();
  const over = (n: number) => props.options.length > n;
  return (
    <fieldset aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend class="hidden">{props.label}</legend>
      <div
        class="segments"
        classList={{
          err: Boolean(props.error),
          'over-six': over(6),
          'over-eight': over(8),
          'over-ten': over(10),
        }}
      >
        <For each={props.options}>
          {(option) => (
            <label class="segment" classList={{ on: props.chosen === option.value }}>
              <input
                class="over"
                type="radio"
                name={id}
                value={option.value}
                checked={props.chosen === option.value}
                onChange={() => props.onChoose(option.value)}
              />
              <Icon name="check" size="sm" />
              <span>{option.label}</span>
            </label>
          )}
        </For>
      </div>
      <FieldError id={`${id}-error`} words={props.error} />
    </fieldset>
  );
}
