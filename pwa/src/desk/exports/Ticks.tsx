/** Several of a list; none ticked means all, and says so. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';

interface TicksProps {
  legend: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
}

export function Ticks(props: TicksProps): JSX.Element {
  const toggle = (value: string, on: boolean) =>
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
