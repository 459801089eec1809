/** The frame of a question with more than one control: what is asked, its hint, what is wrong, heard together by readers. */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { FieldError } from '../../ui';
import { Label } from './Label';
import type { WidgetProps } from './widget';

export interface FieldsetProps {
  asked: WidgetProps;
  error: string | undefined;
  /** in place of the form's hint */
  hint?: string;
  class?: string;
  /** of the sentence below, for a control that names it too */
  errorId?: string;
  ref?: (box: HTMLElement) => void;
  children: JSX.Element;
}

export function Fieldset(props: FieldsetProps): JSX.Element {
  const id = createUniqueId();
  const hint = () => props.hint ?? props.asked.node.hint;
  const errorId = () => props.errorId ?? `${id}-error`;
  const described = () => [hint() ? `${id}-hint` : '', props.error ? errorId() : ''].filter(Boolean).join(' ');
  return (
    <fieldset
      class={`q ${props.class ?? ''}`}
      classList={{ err: Boolean(props.error) }}
      ref={(box) => props.ref?.(box)}
      aria-describedby={described() || undefined}
    >
      <legend class="label">
        <Label node={props.asked.node} alone={props.asked.alone} />
      </legend>
      <Show when={hint()}>
        <p class="cap hint" id={`${id}-hint`}>
          {hint()}
        </p>
      </Show>
      {props.children}
      <FieldError id={errorId()} words={props.error} />
    </fieldset>
  );
}
