/** What happened to this visit, and the last visits to the same person. */
import { A } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import type { VisitDetail, VisitState } from '../../api/types';
import { dayOf, formatNear, formatTime, inWords, t } from '../../i18n';
import { Dot, Icon, type IconName } from '../../ui';
import { zone } from '../session/session';

const stateIcons: Readonly<Record<VisitState, IconName>> = {
  received: 'mail-check',
  returned: 'message-square-warning',
  approved: 'circle-check-big',
  withdrawn: 'ban',
};

function near(moment: string): string {
  const today = dayOf(new Date(), zone());
  return `${formatNear(dayOf(moment, zone()), today)} ${formatTime(moment, zone())}`;
}

interface Event {
  at: string;
  icon: IconName;
  words: string;
  said: string | null;
  undone: boolean;
}

/** Versions and decisions in the order in which they came, the newest first. */
function eventsOf(detail: VisitDetail): Event[] {
  const versions = detail.revisions.map(
    (revision): Event => ({
      at: revision.received_at,
      icon: 'mail-check',
      words:
        revision.number === 1
          ? t('desk.event_received', { who: revision.by })
          : t('desk.event_again', { who: revision.by, number: revision.number }),
      said: null,
      undone: false,
    }),
  );
  const decisions = detail.decisions.map(
    (decision): Event => ({
      at: decision.at,
      icon:
        decision.kind === 'approve'
          ? 'circle-check-big'
          : decision.kind === 'undo'
            ? 'undo-2'
            : 'message-square-warning',
      words: decisionWords(decision.kind, decision.by),
      said: decision.words,
      undone: decision.undone,
    }),
  );
  return [...versions, ...decisions].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function decisionWords(kind: string, who: string): string {
  if (kind === 'approve') return t('desk.event_approved', { who });
  return kind === 'undo' ? t('desk.event_undone', { who }) : t('desk.event_returned', { who });
}

export function Happened(props: { detail: VisitDetail }): JSX.Element {
  return (
    <section class="panel" aria-label={t('desk.happened')}>
      <h3>{t('desk.happened')}</h3>
      <ol class="hist">
        <For each={eventsOf(props.detail)}>
          {(event) => (
            <li classList={{ undone: event.undone }}>
              <span class="t">{near(event.at)}</span>
              <Icon name={event.icon} />
              <span>
                {event.words}
                <Show when={event.said}>
                  <q>{event.said}</q>
                </Show>
              </span>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}

export function Earlier(props: { detail: VisitDetail; hrefOf: (visit: string) => string }): JSX.Element {
  const today = () => dayOf(new Date(), zone());
  return (
    <section class="panel" aria-label={t('desk.earlier')}>
      <h3>{t('desk.earlier')}</h3>
      <ul class="hist">
        <For each={props.detail.history} fallback={<li class="muted">{t('desk.noEarlier')}</li>}>
          {(past) => (
            <li>
              <span class="t">{formatNear(past.day, today())}</span>
              <Icon name={stateIcons[past.state]} label={t(`desk.state_${past.state}`)} />
              <span>
                <A href={props.hrefOf(past.visit)}>{inWords(past.form_title)}</A>
                <Show when={inWords(past.how)}>
                  {(how) => (
                    <>
                      <Dot />
                      {how()}
                    </>
                  )}
                </Show>
                <Dot />
                <span class="whole">{past.user_name}</span>
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
