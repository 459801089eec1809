/** Whose visit it is, when and where, and how it stands. */
import { A } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import type { VisitFacts } from '../../api/types';
import { formatDay, formatTime, inWords, t } from '../../i18n';
import { Chip, Dot, Icon } from '../../ui';
import { zone } from '../session/session';
import { CameBack, StateChip } from './QueueList';
import { whoCame, whomOf } from './queue';

export interface VisitHeadProps {
  visit: VisitFacts;
  /** 1 / 23; null when it is not in the list */
  place: { at: number; of: number } | null;
  backHref: string;
}

export function VisitHead(props: VisitHeadProps): JSX.Element {
  const times = () => {
    const from = formatTime(props.visit.check_in_at, zone());
    const to = props.visit.check_out_at;
    return `${formatDay(props.visit.day)} ${from}${to === null ? '' : `–${formatTime(to, zone())}`}`;
  };
  const where = () => [props.visit.community_name, props.visit.place_label].filter(Boolean).join(' ');
  return (
    <header class="vhead">
      <div class="line1">
        <A class="vback" href={props.backHref}>
          <Icon name="chevron-left" label={t('ui.back')} />
        </A>
        <h2 tabindex="-1">
          {whomOf(props.visit)}
          <Dot />
          {inWords(props.visit.form_title)}
        </h2>
        <Show when={props.visit.urgent}>
          <Chip state="urgent" />
        </Show>
        <StateChip state={props.visit.state} />
        <Show when={props.visit.came_back}>
          <CameBack number={props.visit.number} />
        </Show>
        <span class="grow" />
        <Show when={props.place}>{(place) => <span class="cap">{`${place().at} / ${place().of}`}</span>}</Show>
      </div>
      <ul class="line2">
        <li>
          <Icon name="user" label={t('desk.volunteer')} />
          {whoCame(props.visit)}
        </li>
        <li>
          <Icon name="users" label={t('desk.team')} />
          {inWords(props.visit.team_name)}
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
        <Show when={inWords(props.visit.consent)}>
          {(consent) => (
            <li>
              <Icon name="shield-check" label={t('desk.consent')} />
              {consent()}
            </li>
          )}
        </Show>
        <Show when={props.visit.entry !== 'live'}>
          <li>
            <Icon name="pencil-line" />
            {props.visit.entry === 'later' ? t('desk.entryLater') : t('desk.entryDesk')}
          </li>
        </Show>
      </ul>
    </header>
  );
}
