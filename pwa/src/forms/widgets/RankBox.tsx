/**
 * An order among choices, by tapping them one after the other: the first tap is the first place. A tap on a placed one
 * takes it and those behind it out again. It is an answer once every choice has its place; half of it is kept.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { FieldError } from '../../ui';
import { Label } from './Label';
import { OptionWords } from './LabelFiles';
import { chosenOf } from '../model';
import type { WidgetProps } from './widget';

export function RankBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  const placed = () => chosenOf(props.node, props.value);
  const tap = (value: string) => {
    const at = placed().indexOf(value);
    const next = at < 0 ? [...placed(), value] : placed().slice(0, at);
    props.onAnswer(next.join(' '));
    if (next.length === props.node.options.length) props.onEnd();
  };
  return (
    <fieldset class="q" aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend class="label">
        <Label node={props.node} alone={props.alone} />
      </legend>
      <p class="cap hint">{props.node.hint || t('forms.rankHow')}</p>
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
      <Show when={props.error}>
        <FieldError id={`${id}-error`} words={props.error} />
      </Show>
    </fieldset>
  );
}
