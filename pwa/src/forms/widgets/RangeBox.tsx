/**
 * A number between two ends. Few steps stand side by side to be tapped, a `rating` as stars, with `picker` they are a
 * list that opens, many stand on a slider with a button at each end. Nothing is chosen before she chooses: the slider says so, and one tap on it is an answer.
 */
import { createUniqueId, For, type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../../i18n';
import { FieldError, Icon } from '../../ui';
import type { Bounds } from '../model';
import { Clear } from './Clear';
import { Fieldset } from './Fieldset';
import { Label } from './Label';
import { OpeningList } from './OpeningList';
import type { Choosing } from './Picker';
import { Scale } from './Scale';
import type { WidgetProps } from './widget';

const SIDE_BY_SIDE = 11;
/** A longer list is found in by typing its number; beyond this it is a slider all the same. */
const MOST_LISTED = 500;

export function RangeBox(props: WidgetProps): JSX.Element {
  const bounds = (): Bounds => props.node.bounds ?? { min: 0, max: 10, step: 1 };
  const stops = () => stopsOf(bounds(), SIDE_BY_SIDE + 1);
  const list = (): Choosing => ({
    kind: 'one',
    label: props.node.label,
    path: props.node.path,
    exclusive: null,
    options: stopsOf(bounds(), MOST_LISTED + 1).map((value) => ({ value, label: value })),
  });
  const choose = (value: string) => {
    props.onAnswer(value);
    props.onEnd();
  };
  return (
    <Switch
      fallback={
        <div class="chosen-from">
          <Slider {...props} bounds={bounds()} onChoose={choose} />
          <Clear {...props} />
        </div>
      }
    >
      <Match when={props.node.appearances.has('rating')}>
        <div class="chosen-from">
          <Stars {...props} stops={stops()} onChoose={choose} />
          <Clear {...props} />
        </div>
      </Match>
      <Match when={props.node.appearances.has('picker') && list().options.length <= MOST_LISTED && list()}>
        {(from) => <OpeningList {...props} from={from()} />}
      </Match>
      <Match when={stops().length <= SIDE_BY_SIDE}>
        <Scale {...props} options={stops().map((value) => ({ value, label: value }))} />
      </Match>
    </Switch>
  );
}

function Stars(props: WidgetProps & { stops: readonly string[]; onChoose: (value: string) => void }): JSX.Element {
  const id = createUniqueId();
  const lit = (value: string) => props.value !== '' && Number(value) <= Number(props.value);
  return (
    <Fieldset asked={props} error={props.error}>
      <div class="stars">
        <For each={props.stops}>
          {(value) => (
            <label class="star" classList={{ on: lit(value) }}>
              <input
                type="radio"
                class="over"
                name={id}
                value={value}
                checked={props.value === value}
                aria-label={t('forms.nStars', { n: Number(value) })}
                onChange={() => props.onChoose(value)}
              />
              <Icon name="star" size="big" />
            </label>
          )}
        </For>
      </div>
    </Fieldset>
  );
}

function Slider(props: WidgetProps & { bounds: Bounds; onChoose: (value: string) => void }): JSX.Element {
  const id = createUniqueId();
  const at = () => (props.value === '' ? props.bounds.min : Number(props.value));
  const go = (by: number) => {
    const { min, max, step } = props.bounds;
    const next = props.value === '' ? at() : at() + by * step;
    props.onChoose(written(Math.min(max, Math.max(min, next)), step));
  };
  return (
    <div class="field" classList={{ err: Boolean(props.error) }}>
      <label class="label" for={id}>
        <Label node={props.node} alone={props.alone} />
      </label>
      <Show when={props.node.hint}>
        <p class="cap hint" id={`${id}-hint`}>
          {props.node.hint}
        </p>
      </Show>
      <output class="reading" for={id}>
        {props.value === '' ? t('forms.notChosen') : props.value}
      </output>
      <div class="slider">
        <button type="button" class="round" aria-label={t('forms.less')} onClick={() => go(-1)}>
          <Icon name="minus" />
        </button>
        <input
          id={id}
          class="grow"
          classList={{ unset: props.value === '' }}
          type="range"
          min={props.bounds.min}
          max={props.bounds.max}
          step={props.bounds.step}
          value={at()}
          aria-valuetext={props.value === '' ? t('forms.notChosen') : props.value}
          aria-describedby={props.error ? `${id}-error` : undefined}
          aria-invalid={props.error ? 'true' : undefined}
          onInput={(event) => props.onAnswer(written(event.currentTarget.valueAsNumber, props.bounds.step))}
          onClick={(event) => props.onChoose(written(event.currentTarget.valueAsNumber, props.bounds.step))}
          onBlur={() => props.onEnd()}
        />
        <button type="button" class="round" aria-label={t('forms.more')} onClick={() => go(1)}>
          <Icon name="plus" />
        </button>
      </div>
      <p class="cap ends" aria-hidden="true">
        <span>{props.bounds.min}</span>
        <span>{props.bounds.max}</span>
      </p>
      <FieldError id={`${id}-error`} words={props.error} />
    </div>
  );
}

/** At most `most` of them. */
function stopsOf({ min, max, step }: Bounds, most: number): string[] {
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  return Array.from({ length: Math.min(count, most) }, (_, index) => written(min + index * step, step));
}

/** With as many decimals as the step has: 0.1 + 0.2 is 0.3 to her. */
function written(value: number, step: number): string {
  const decimals = String(step).split('.')[1]?.length ?? 0;
  return value.toFixed(decimals);
}
