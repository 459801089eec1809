/**
 * Whether somebody was there: independent signals, each on its own, none of them a proof. A missing one says why in
 * the volunteer's own coded reason; only a signal that is missing without a reason asks for a look.
 */
import { For, type JSX, Show } from 'solid-js';
import type { Presence as Signals } from '../../api/types';
import { t } from '../../i18n';
import { Icon, type IconName } from '../../ui';
import { directionOf, drawDistance, RULER } from './distance';
import { offBy } from './off-by';
import { metresWords } from './flags';

const reasons = ['no_fix', 'permission_off', 'old_phone', 'timed_out', 'later_entry', 'not_kept'] as const;

export function reasonWords(reason: string | null): string {
  const known = reasons.find((each) => each === reason);
  return known === undefined ? t('desk.reason_none') : t(`desk.reason_${known}`);
}

function Signal(props: { icon: IconName; title: string; small: string; missing?: boolean }): JSX.Element {
  return (
    <li classList={{ no: Boolean(props.missing) }}>
      <Icon name={props.icon} />
      <b>{props.title}</b>
      <span class="muted">{props.small}</span>
    </li>
  );
}

export function Presence(props: { presence: Signals }): JSX.Element {
  const position = () => props.presence.position;
  const minutes = () => props.presence.minutes;
  const clock = () => props.presence.clock;
  const place = () => {
    const { distance_m, accuracy_m } = position();
    if (distance_m !== null) return t('desk.fromHome', { distance: metresWords(distance_m) });
    return accuracy_m === null ? t('desk.noPosition') : t('desk.hasPosition');
  };
  const placeSmall = () => {
    const { accuracy_m, reason } = position();
    return accuracy_m === null ? reasonWords(reason) : t('desk.within', { distance: metresWords(accuracy_m) });
  };
  return (
    <section class="panel" aria-label={t('desk.presence')}>
      <h3>{t('desk.presence')}</h3>
      <ul class="signals">
        <Signal
          icon="map-pin"
          title={place()}
          small={placeSmall()}
          missing={position().accuracy_m === null && position().reason === null}
        />
        <Show when={props.presence.door_card}>
          {(card) => <Signal icon="qr-code" title={t('desk.doorCard')} small={card()} />}
        </Show>
        <Signal
          icon="camera"
          title={props.presence.photos === 0 ? t('desk.noPhotos') : t('desk.nPhotos', { n: props.presence.photos })}
          small={props.presence.photos === 0 ? t('desk.notAsked') : t('desk.takenThere')}
        />
        <Signal
          icon="timer"
          title={minutes() === null ? t('desk.noCheckOut') : t('desk.nMinutes', { n: minutes() ?? 0 })}
          small={t('desk.onSite')}
        />
        <Signal
          icon="clock"
          title={clockTitle(clock())}
          small={clockSmall(clock().certain ? clock().offset_ms : null)}
        />
      </ul>
    </section>
  );
}

/** A clock that was off and whose moments were put right by the server's is not called right. */
function clockTitle(clock: Signals['clock']): string {
  if (!clock.certain) return t('desk.clockUnsure');
  return offBy(clock.offset_ms ?? 0).unit === 'seconds' ? t('desk.clockRight') : t('desk.clockMended');
}

function clockSmall(offset_ms: number | null): string {
  if (offset_ms === null) return t('desk.clockUnknown');
  const { unit, n } = offBy(offset_ms);
  if (unit === 'seconds') return t('desk.offSeconds', { n });
  return unit === 'minutes' ? t('desk.offMinutes', { n }) : t('desk.offHours', { n });
}

/** The ruler from home outwards; said in words in its heading, so the drawing itself is for the eye alone. */
export function Distance(props: { distance_m: number; accuracy_m: number; bearing: number | null }): JSX.Element {
  const drawing = () => drawDistance(props.distance_m, props.accuracy_m);
  const title = () => {
    const distance = metresWords(props.distance_m);
    if (props.bearing === null) return t('desk.checkInFromHome', { distance });
    return t('desk.checkInFromHomeTo', { distance, where: t(`desk.wind_${directionOf(props.bearing)}`) });
  };
  return (
    <section class="panel map" aria-label={title()}>
      <h3>
        {title()}
        <Show when={props.bearing !== null}>
          <svg class="wind" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            <path transform={`rotate(${props.bearing ?? 0} 12 12)`} d="M12 5l3.500 12L12 14.800 8.500 17z" />
          </svg>
        </Show>
      </h3>
      <svg class="radar" viewBox="0 0 344 72" aria-hidden="true">
        <path
          class="r-line"
          d={`M${RULER.left} ${RULER.y}H${RULER.right}${drawing()
            .ticks.map((tick) => `M${tick.x} 42v8`)
            .join('')}`}
        />
        <rect class="r-acc" x={drawing().band.x} y="20" width={drawing().band.width} height="16" rx="8" />
        <circle class="r-home" cx={RULER.left} cy="28" r="7" />
        <circle class="r-me" cx={drawing().at} cy="28" r="7" />
        <text x={RULER.left} y="13" text-anchor="middle">
          {t('desk.home')}
        </text>
        <text x={drawing().words.x} y="33" text-anchor={drawing().words.anchor}>
          {t('desk.checkInWithin', { distance: metresWords(props.accuracy_m) })}
        </text>
        <For each={drawing().ticks}>
          {(tick, index) => (
            <text x={tick.x} y="66" text-anchor="middle">
              {index() === drawing().ticks.length - 1 ? metresWords(tick.metres) : tick.metres}
            </text>
          )}
        </For>
      </svg>
    </section>
  );
}
