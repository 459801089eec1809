/** The frame of a photo or recording: what is asked, what was taken, what can be done, what is wrong. */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { FieldError } from '../../ui';
import { Label } from './Label';
import type { WidgetProps } from './widget';

export function Attached(props: {
  asked: WidgetProps;
  error: string | undefined;
  ref: (box: HTMLElement) => void;
  children: JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  const described = () =>
    [props.asked.node.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') ||
    undefined;
  return (
    <fieldset
      class="q attached"
      classList={{ err: Boolean(props.error) }}
      ref={(box) => props.ref(box)}
      aria-describedby={described()}
    >
      <legend class="label">
        <Label node={props.asked.node} alone={props.asked.alone} />
      </legend>
      <Show when={props.asked.node.hint}>
        <p class="cap hint" id={`${id}-hint`}>
          {props.asked.node.hint}
        </p>
      </Show>
      {props.children}
      <FieldError id={`${id}-error`} words={props.error} />
    </fieldset>
  );
}
