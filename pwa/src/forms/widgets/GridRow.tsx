/**
 * One line of a table of choices: its answers stand below those of the line above, and what each means is written once,
 * in the line of `label` at the top. Readers hear it at each mark.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { FieldError, Icon } from '../../ui';
import { Clear } from './Clear';
import { Label } from './Label';
import { OptionWords } from './LabelFiles';
import { chosenOf } from '../model';
import { type WidgetProps, withExclusive } from './widget';

export function GridRow(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  const many = () => props.node.kind === 'many';
  const choose = (value: string, on: boolean) => {
    const before = chosenOf(props.node, props.value);
    const order = props.node.options.map((option) => option.value);
    const next = many() ? order.filter((each) => (each === value ? on : before.includes(each))) : [value];
    props.onAnswer(withExclusive(before, next, props.node.exclusive).join(' '));
    props.onEnd();
  };
  return (
    <div class="chosen-from">
      <fieldset class="q grid-row" aria-describedby={props.error ? `${id}-error` : undefined}>
        <legend class="label">
          <Label node={props.node} alone={false} />
        </legend>
        <Show when={props.node.hint}>
          <p class="cap hint">{props.node.hint}</p>
        </Show>
        <div class="marks">
          <For each={props.node.options}>
            {(option) => (
              <label
                class="choice"
                classList={{ on: chosenOf(props.node, props.value).includes(option.value), many: many() }}
              >
                <input
                  class="over"
                  type={many() ? 'checkbox' : 'radio'}
                  name={id}
                  value={option.value}
                  checked={chosenOf(props.node, props.value).includes(option.value)}
                  aria-label={option.label}
                  onChange={(event) => choose(option.value, event.currentTarget.checked)}
                />
                <span class="mark">
                  <Icon name="check" />
                </span>
              </label>
            )}
          </For>
        </div>
        <FieldError id={`${id}-error`} words={props.error} />
      </fieldset>
      <Clear {...props} />
    </div>
  );
}

/** The line at the top: what the columns mean. It is no question, and readers hear its words at each mark. */
export function GridHead(props: WidgetProps): JSX.Element {
  return (
    <div class="grid-head">
      <Show when={props.node.label}>
        <p class="label">{props.node.label}</p>
      </Show>
      <div class="marks" aria-hidden="true">
        <For each={props.node.options}>
          {(option) => (
            <span>
              <OptionWords option={option} />
            </span>
          )}
        </For>
      </div>
    </div>
  );
}
