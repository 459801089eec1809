/** A question that the form does not let her answer now: its answer is read, like a note. */
import { type JSX, Show } from 'solid-js';
import { Label } from './Label';
import { inWords, type WidgetProps } from './widget';

export function Locked(props: WidgetProps): JSX.Element {
  return (
    <div class="q">
      <p class="label">
        <Label node={props.node} alone={props.alone} locked />
      </p>
      <Show when={props.node.hint}>
        <p class="cap hint">{props.node.hint}</p>
      </Show>
      <p class="told">{inWords(props.node) || '—'}</p>
    </div>
  );
}
