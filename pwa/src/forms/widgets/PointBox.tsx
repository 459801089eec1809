/**
 * A place on the earth, taken from the phone's receiver, also without a signal. While it searches it says how good the
 * fix is, and she may take it as it is. Told in words, with `maps` also on squared paper; with `placement-map` a tap on
 * that moves it beside where she stands.
 */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, FieldError, Icon } from '../../ui';
import { Label } from './Label';
import { Sketch } from './Sketch';
import { spotsOf, writtenSpot } from '../spots';
import { createStanding, Searching } from './Standing';
import { inWords, type WidgetProps } from './widget';

export function PointBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  const moves = () => props.node.appearances.has('placement-map');
  const drawn = () => moves() || props.node.appearances.has('maps');
  const answer = (text: string) => {
    props.onAnswer(text);
    props.onEnd();
  };
  const standing = createStanding(
    () => props.node.accuracy.good,
    (spot) => answer(writtenSpot(spot)),
  );
  const poor = () => {
    const { poor: warns } = props.node.accuracy;
    const [spot] = spotsOf(props.value);
    return warns !== null && spot !== undefined && spot.accuracy > warns ? Math.round(spot.accuracy) : null;
  };
  return (
    <div class="q point" role="group" aria-labelledby={`${id}-label`}>
      <p class="label" id={`${id}-label`}>
        <Label node={props.node} alone={props.alone} />
      </p>
      <Show when={props.node.hint || (moves() && t('forms.pointMoves'))}>
        {(hint) => <p class="cap hint">{hint()}</p>}
      </Show>
      <Show when={drawn()}>
        <Sketch
          spots={spotsOf(props.value)}
          closed={false}
          here={standing.here()}
          what={inWords(props.node) || t('forms.noSpots')}
          onTap={moves() ? (spot) => answer(writtenSpot(spot)) : undefined}
        />
      </Show>
      <Show when={props.value !== ''}>
        <p class="told">
          <Icon name="map-pin" />
          <span class="grow">{inWords(props.node)}</span>
        </p>
      </Show>
      <Show when={poor()}>{(m) => <p class="cap asks">{t('forms.pointPoor', { m: m() })}</p>}</Show>
      <Searching
        standing={standing}
        words={props.value === '' ? t('forms.takePoint') : t('forms.pointAnew')}
        warns={props.node.accuracy.poor}
      />
      <Show when={props.value !== '' && !standing.searching()}>
        <div class="ways">
          <Button kind="bare" small icon="trash-2" onClick={() => props.onReplace('', t('forms.pointRemoved'))}>
            {t('forms.remove')}
          </Button>
        </div>
      </Show>
      <FieldError id={`${id}-error`} words={props.error ?? standing.trouble()} />
    </div>
  );
}
