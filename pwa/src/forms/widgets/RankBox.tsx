/**
 * An order among choices, by tapping them one after the other: the first tap is the first place. A tap on a placed one
 * takes it and those behind it out again. It is an answer once every choice has its place; half of it is kept.
 */
import { For, type JSX } from 'solid-js';
import { t } from '../../i18n';
import { Fieldset } from './Fieldset';
import { OptionWords } from './LabelFiles';
import { chosenOf } from '../model';
import type { WidgetProps } from './widget';

export function RankBox(props: WidgetProps): JSX.Element {
  const placed = () => chosenOf(props.node, props.value);
  const tap = (value: string) => {
    const at = placed().indexOf(value);
    const next = at < 0 ? [...placed(), value] : placed().slice(0, at);
    props.onAnswer(next.join(' '));
    if (next.length === props.node.options.length) props.onEnd();
  };
  return (
    <Fieldset asked={props} error={props.error} hint={props.node.hint || t('forms.rankHow')}>
      <div class="choices">
        <For each={props.node.options}>
          {(option) => {
            const place = () => placed().indexOf(option.value) + 1;
            return (
              <button
                type="button"
                class="choice ranked"
                classList={{ on: place() > 0 }}
                aria-pressed={place() > 0}
                aria-label={place() > 0 ? t('forms.placed', { what: option.label, n: place() }) : option.label}
                onClick={() => tap(option.value)}
              >
                <span class="mark" data-place={place() || undefined} />
                <span class="grow">
                  <OptionWords option={option} />
                </span>
              </button>
            );
          }}
        </For>
      </div>
    </Fieldset>
  );
}
