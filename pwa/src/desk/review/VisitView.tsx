/** One visit as evidence before judgement: what was answered at the left, what speaks for it at the right. */
import { A } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import type { VisitDetail } from '../../api/types';
import { formatDay, formatTime, inWords, t } from '../../i18n';
import { Chip, Dot, Icon } from '../../ui';
import { zone } from '../session/session';
import { Answers } from './Answers';
import { flagWords } from './flags';
import { Earlier, Happened } from './Past';
import { Distance, Presence } from './Presence';
import { StateChip } from './QueueList';
import { whomOf } from './queue';

export interface VisitViewProps {
  detail: VisitDetail;
  /** 1 / 23; null when it is not in the list */
  place: { at: number; of: number } | null;
  backHref: string;
  hrefOf: (visit: string) => string;
}

export function VisitView(props: VisitViewProps): JSX.Element {
  const visit = () => props.detail.visit;
  const position = () => visit().presence.position;
  const times = () => {
    const from = formatTime(visit().check_in_at, zone());
    const to = visit().check_out_at;
    return `${formatDay(visit().day)} ${from}${to === null ? '' : `–${formatTime(to, zone())}`}`;
  };
  const where = () => [visit().community_name, visit().place_label].filter(Boolean).join(' ');
  const others = () => visit().participants.map((each) => each.name);
  return (
    <>
      <header class="vhead">
        <div class="line1">
          <A class="vback" href={props.backHref}>
            <Icon name="chevron-left" label={t('ui.back')} />
          </A>
          <h2 tabindex="-1">
            {whomOf(visit())}
            <Dot />
            {inWords(visit().form_title)}
          </h2>
          <Show when={visit().urgent}>
            <Chip state="urgent" />
          </Show>
          <StateChip state={visit().state} />
          <span class="grow" />
          <Show when={props.place}>{(place) => <span class="cap">{`${place().at} / ${place().of}`}</span>}</Show>
        </div>
        <ul class="line2">
          <li>
            <Icon name="user" label={t('desk.volunteer')} />
            {others().length > 1 ? others().join(t('desk.and')) : visit().user_name}
          </li>
          <li>
            <Icon name="users" label={t('desk.team')} />
            {inWords(visit().team_name)}
          </li>
          <li>
            <Icon name="clock" label={t('desk.time')} />
            {times()}
          </li>
          <Show when={where() !== ''}>
            <li>
              <Icon name="map-pin" label={t('desk.place')} />
              {where()}
            </li>
          </Show>
          <Show when={inWords(visit().consent)}>
            {(consent) => (
              <li>
                <Icon name="shield-check" label={t('desk.consent')} />
                {consent()}
              </li>
            )}
          </Show>
          <Show when={visit().entry !== 'live'}>
            <li>
              <Icon name="pencil-line" />
              {visit().entry === 'later' ? t('desk.entryLater') : t('desk.entryDesk')}
            </li>
          </Show>
        </ul>
      </header>
      <div class="vbody">
        <div class="side">
          <For each={visit().flags}>
            {(flag) => (
              <div class="why">
                <Icon name="flag" />
                <div>
                  <b class="ret">{t('desk.hint', { what: flagWords(flag).long })}</b>
                  <p class="cap">{flagWords(flag).innocent}</p>
                </div>
              </div>
            )}
          </For>
          <Answers records={props.detail.records} />
        </div>
        <div class="side">
          <Presence presence={visit().presence} />
          <Show when={position().distance_m !== null && position().accuracy_m !== null}>
            <Distance
              distance_m={position().distance_m ?? 0}
              accuracy_m={position().accuracy_m ?? 0}
              bearing={position().bearing}
            />
          </Show>
          <Happened detail={props.detail} />
          <Show when={visit().subject_label}>
            <Earlier detail={props.detail} hrefOf={props.hrefOf} />
          </Show>
        </div>
      </div>
    </>
  );
}
