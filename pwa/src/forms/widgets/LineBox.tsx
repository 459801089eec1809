/**
 * A way (`geotrace`) or an area (`geoshape`): point after point where she stands, or tapped on squared paper beside
 * them. Half of one is kept and is no answer. The points also stand in a list, to be read and to be taken out one by one.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, FieldError, Icon } from '../../ui';
import { Label } from './Label';
import { createStanding, Searching } from './Standing';
import { Sketch } from './Sketch';
import { shapeWords, spotWords, traceWords } from './spot-words';
import { cornersOf, type Spot, spotsOf, writtenShape, writtenTrace } from '../spots';
import type { WidgetProps } from './widget';

const FEWEST = { geotrace: 2, geoshape: 3 } as const;

export function LineBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  const area = () => props.node.kind === 'geoshape';
  const spots = () => (area() ? cornersOf(props.value) : spotsOf(props.value));
  const said = () => (area() ? shapeWords(props.value) : traceWords(props.value));
  const write = (next: readonly Spot[]) => (area() ? writtenShape(next) : writtenTrace(next));
  const put = (next: readonly Spot[]) => {
    props.onAnswer(write(next));
    if (next.length >= FEWEST[area() ? 'geoshape' : 'geotrace']) props.onEnd();
  };
  const standing = createStanding(
    () => props.node.accuracy.good,
    (spot) => put([...spots(), spot]),
  );
  const without = (at: number) => put(spots().filter((_, index) => index !== at));
  return (
    <div
      class="q line"
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <p class="label" id={`${id}-label`}>
        <Label node={props.node} alone={props.alone} />
      </p>
      <p class="cap hint">{props.node.hint || t(area() ? 'forms.shapeHow' : 'forms.traceHow')}</p>
      <Sketch
        spots={spots()}
        closed={area()}
        here={standing.here()}
        what={said() || t('forms.noSpots')}
        onTap={(spot) => put([...spots(), spot])}
      />
      <p class="reading" role="status">
        {said()}
      </p>
      <Searching standing={standing} words={t('forms.addSpot')} warns={null} />
      <Show when={spots().length > 0}>
        <div class="ways">
          <Button small icon="undo-2" onClick={() => without(spots().length - 1)}>
            {t('forms.backOneSpot')}
          </Button>
          <Button kind="bare" small icon="trash-2" onClick={() => props.onReplace('', t('forms.spotsRemoved'))}>
            {t('forms.wipe')}
          </Button>
        </div>
        <details class="spots">
          <summary>{t('forms.spotList', { n: spots().length })}</summary>
          <ol>
            <For each={spots()}>
              {(spot, index) => (
                <li>
                  <b>{index() + 1}</b>
                  <span class="grow">{spotWords(spot)}</span>
                  <button
                    type="button"
                    class="drop"
                    aria-label={t('forms.removeSpot', { n: index() + 1 })}
                    onClick={() => without(index())}
                  >
                    <Icon name="x" />
                  </button>
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
      <FieldError id={`${id}-error`} words={props.error ?? standing.trouble()} />
    </div>
  );
}
