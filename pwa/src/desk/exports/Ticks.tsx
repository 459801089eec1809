/** Several of a list; none ticked means all, and says so. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';

export interface TicksProps<V extends string> {
  legend: string;
  options: readonly { value: V; label: string }[];
  chosen: readonly V[];
  onChoose: (chosen: V[]) => void;
}

export function Ticks<V extends string>(props: TicksProps<V>): JSX.Element {
  const toggle = (value: V, on: boolean) =>
    props.onChoose(on ? [...props.chosen, value] : props.chosen.filter((each) => each !== value));
  return (
    <Show when={props.options.length > 0}>
      <fieldset>
        <legend>
          {props.legend} <span class="cap">{props.chosen.length === 0 ? t('desk.all') : ''}</span>
        </legend>
        <div class="ticks many" role="group">
          <For each={props.options}>
            {(option) => (
              <label class="opt">
                <input
                  type="checkbox"
                  checked={props.chosen.includes(option.value)}
                  onChange={(event) => toggle(option.value, event.currentTarget.checked)}
                />
                <span>{option.label}</span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
    </Show>
  );
}
