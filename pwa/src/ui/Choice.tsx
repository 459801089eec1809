/**
 * Choice cards over the browser's own radio and check boxes, so that keyboard and readers work as everywhere. None is
 * ever preselected by the component. Two columns only where the caller says that every label is short.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { FieldError } from './Field';
import { Icon } from './Icon';

export interface ChoiceProps {
  many?: boolean;
  name: string;
  value: string;
  checked: boolean;
  label: JSX.Element;
  hint?: string | undefined;
  describedBy?: string | undefined;
  onChange: (checked: boolean) => void;
}

export function Choice(props: ChoiceProps): JSX.Element {
  return (
    <label class="choice" classList={{ on: props.checked, many: Boolean(props.many) }}>
      <input
        class="over"
        type={props.many ? 'checkbox' : 'radio'}
        name={props.name}
        value={props.value}
        checked={props.checked}
        aria-describedby={props.describedBy}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="mark">
        <Icon name="check" />
      </span>
      <span class="grow">
        {props.label}
        <Show when={props.hint}>
          <small class="cap">{props.hint}</small>
        </Show>
      </span>
    </label>
  );
}

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

export interface ChoicesProps {
  label: JSX.Element;
  hint?: string | undefined;
  error?: string | undefined;
  options: readonly Option[];
  chosen: readonly string[];
  many?: boolean;
  /** side by side: only for labels of at most five characters */
  two?: boolean;
  /** instead of the label: words with a picture */
  words?: (option: Option) => JSX.Element;
  /** what is tapped by itself, outside the card */
  beside?: (option: Option) => JSX.Element;
  onChoose: (chosen: string[]) => void;
}

/** A question with its choices: fieldset, legend, cards, sentence. */
export function Choices(props: ChoicesProps): JSX.Element {
  const id = createUniqueId();
  const described = () =>
    [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  const choose = (value: string, on: boolean) => {
    if (!props.many) return props.onChoose([value]);
    const order = props.options.map((option) => option.value);
    const next = on ? [...props.chosen, value] : props.chosen.filter((each) => each !== value);
    props.onChoose(order.filter((each) => next.includes(each)));
  };
  return (
    <fieldset class="q" aria-describedby={described()}>
      <legend class="label">{props.label}</legend>
      <Show when={props.hint}>
        <p class="cap hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <div classList={{ choices: !props.two, two: Boolean(props.two) }}>
        <For each={props.options}>
          {(option) => (
            <div class="choice-of">
              <Choice
                many={Boolean(props.many)}
                name={id}
                value={option.value}
                label={props.words?.(option) ?? option.label}
                hint={option.hint}
                checked={props.chosen.includes(option.value)}
                describedBy={props.error ? `${id}-error` : undefined}
                onChange={(on) => choose(option.value, on)}
              />
              {props.beside?.(option)}
            </div>
          )}
        </For>
      </div>
      <FieldError id={`${id}-error`} words={props.error} />
    </fieldset>
  );
}
