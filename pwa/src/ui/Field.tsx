/**
 * A labelled box: label above, hint, the control, its unit, and below it the sentence that helps when a value does not
 * fit. The control is given its ids, so that a reader hears label, hint and sentence together.
 */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface Wired {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

export interface FieldProps {
  label: JSX.Element;
  hint?: string | undefined;
  error?: string | undefined;
  unit?: string | undefined;
  icon?: IconName;
  area?: boolean;
  end?: JSX.Element;
  children: (wired: Wired) => JSX.Element;
}

export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId();
  const described = () =>
    [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  const wired: Wired = {
    id,
    get 'aria-describedby'() {
      return described();
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined;
    },
  };
  return (
    <div class="field" classList={{ err: Boolean(props.error) }}>
      <label class="label" for={id}>
        {props.label}
      </label>
      <Show when={props.hint}>
        <p class="cap hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <div class="box" classList={{ area: Boolean(props.area) }}>
        <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
        {props.children(wired)}
        <Show when={props.unit}>
          <span class="unit">{props.unit}</span>
        </Show>
        {props.end}
      </div>
      <FieldError id={`${id}-error`} words={props.error} />
    </div>
  );
}

/** The sentence below a control; also for groups of choices. */
export function FieldError(props: { id?: string; words: string | undefined }): JSX.Element {
  return (
    <Show when={props.words}>
      <p class="emsg" id={props.id} role="alert">
        <Icon name="circle-alert" size="sm" />
        <span>{props.words}</span>
      </p>
    </Show>
  );
}

export interface TextFieldProps extends Omit<FieldProps, 'children'> {
  value: string;
  onInput: (value: string) => void;
  onBlur?: () => void;
  type?: 'text' | 'password' | 'search' | 'tel' | 'date' | 'time';
  name?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel';
  autocomplete?: string;
  autofocus?: boolean;
  maxlength?: number;
}

export function TextField(props: TextFieldProps): JSX.Element {
  return (
    <Field {...props}>
      {(wired) => (
        <input
          {...wired}
          class="grow"
          type={props.type ?? 'text'}
          name={props.name}
          value={props.value}
          inputmode={props.inputmode}
          autocomplete={props.autocomplete ?? 'off'}
          autofocus={props.autofocus}
          maxlength={props.maxlength}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={() => props.onBlur?.()}
        />
      )}
    </Field>
  );
}

export function TextArea(
  props: Omit<FieldProps, 'children' | 'area'> & {
    value: string;
    onInput: (value: string) => void;
    onBlur?: () => void;
    rows?: number;
    maxlength?: number;
  },
): JSX.Element {
  return (
    <Field {...props} area>
      {(wired) => (
        <textarea
          {...wired}
          class="grow"
          rows={props.rows ?? 3}
          maxlength={props.maxlength}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={() => props.onBlur?.()}
        />
      )}
    </Field>
  );
}
