/** A few short answers side by side (`likert`, a range of few steps), below the question. */
import { type JSX, Show } from 'solid-js';
import { Segments } from '../../ui';
import { Clear } from './Clear';
import { Label } from './Label';
import type { WidgetProps } from './widget';

export interface ScaleProps extends WidgetProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function Scale(props: ScaleProps): JSX.Element {
  return (
    <div class="chosen-from">
      <div class="q">
        <p class="label" aria-hidden="true">
          <Label node={props.node} alone={props.alone} />
        </p>
        <Show when={props.node.hint}>
          <p class="cap hint">{props.node.hint}</p>
        </Show>
        <Segments
          label={props.node.label}
          options={props.options}
          chosen={props.value === '' ? null : props.value}
          error={props.error}
          onChoose={(value) => {
            props.onAnswer(value);
            props.onEnd();
          }}
        />
      </div>
      <Clear {...props} />
    </div>
  );
}
