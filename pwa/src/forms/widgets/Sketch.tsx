/**
 * Points, a way or an area on squared paper, north up: a map needs a network, this does not. What is drawn is also told
 * in words beside it, so for readers it is a picture with a name. With `onTap` a tap gives the place that lies there.
 */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import './sketch.css';
import { HIGH, placeOf, spotUnder, squareOf, type View, viewOf, WIDE, zoomed } from './sketch-view';
import { lengthWords } from './spot-words';
import type { Spot } from '../spots';

export interface SketchProps {
  spots: readonly Spot[];
  closed: boolean;
  /** Where the phone stands. */
  here?: Spot | null;
  /** What is drawn, for readers. */
  what: string;
  onTap?: ((spot: Spot) => void) | undefined;
}

export function Sketch(props: SketchProps): JSX.Element {
  const [chosen, choose] = createSignal<View | null>(null);
  const fitting = createMemo((before: View | null) => {
    const here = props.here ?? null;
    return viewOf(here === null ? props.spots : [...props.spots, here], chosen() ?? before);
  }, null);
  const tap = (event: MouseEvent & { currentTarget: SVGElement }) => {
    const view = fitting();
    if (view === null || props.onTap === undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    props.onTap(spotUnder(view, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  return (
    <Show when={fitting()}>
      {(view) => (
        <div class="sketch">
          {/* a tap is a way for fingers; keyboard and readers have the buttons and the list below */}
          <svg
            viewBox={`0 0 ${WIDE} ${HIGH}`}
            role="img"
            aria-label={props.what}
            classList={{ taps: props.onTap !== undefined }}
            onClick={tap}
          >
            <Squares view={view()} />
            <Drawn {...props} view={view()} />
            <text x={WIDE - 12} y="26" class="north">
              {t('forms.north')}
            </text>
          </svg>
          <p class="cap scale">
            <span class="grow">{t('forms.oneSquare', { length: lengthWords(squareOf(view())) })}</span>
            <Show when={props.onTap}>
              <button
                type="button"
                class="round"
                aria-label={t('forms.zoomOut')}
                onClick={() => choose(zoomed(view(), 2))}
              >
                <Icon name="minus" />
              </button>
              <button
                type="button"
                class="round"
                aria-label={t('forms.zoomIn')}
                onClick={() => choose(zoomed(view(), 0.5))}
              >
                <Icon name="plus" />
              </button>
            </Show>
          </p>
        </div>
      )}
    </Show>
  );
}

function Squares(props: { view: View }): JSX.Element {
  const side = () => (squareOf(props.view) / props.view.width) * WIDE;
  const lines = (length: number) => {
    const step = side();
    const half = Math.ceil(length / 2 / step);
    return Array.from({ length: 2 * half + 1 }, (_, index) => length / 2 + (index - half) * step);
  };
  return (
    <g class="squares">
      <For each={lines(WIDE)}>{(x) => <line x1={x} x2={x} y1="0" y2={HIGH} />}</For>
      <For each={lines(HIGH)}>{(y) => <line x1="0" x2={WIDE} y1={y} y2={y} />}</For>
    </g>
  );
}

function Drawn(props: SketchProps & { view: View }): JSX.Element {
  const places = () => props.spots.map((spot) => placeOf(props.view, spot));
  const line = () => places().join(' ');
  const here = () => (props.here ? placeOf(props.view, props.here) : null);
  const near = () => ((props.here?.accuracy ?? 0) / props.view.width) * WIDE;
  return (
    <>
      <Show when={here()}>
        {(at) => (
          <g class="here">
            <circle cx={at()[0]} cy={at()[1]} r={near()} class="near" />
            <circle cx={at()[0]} cy={at()[1]} r="7" />
          </g>
        )}
      </Show>
      <Show when={props.closed && props.spots.length > 2} fallback={<polyline points={line()} />}>
        <polygon points={line()} />
      </Show>
      <For each={places()}>
        {([x, y], index) => (
          <circle cx={x} cy={y} r={index() === 0 ? 8 : 6} class="spot" classList={{ first: index() === 0 }} />
        )}
      </For>
    </>
  );
}
