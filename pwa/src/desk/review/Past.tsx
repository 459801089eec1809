/** What happened to this visit, and the last visits to the same person. */
import { A } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import type { DecisionLine, RevisionLine, VisitDetail, VisitState } from '../../api/types';
import { dayOf, formatNear, inWords, t } from '../../i18n';
import { Dot, Icon, type IconName } from '../../ui';
import { near } from '../parts/near';
import { zone } from '../session/session';

const stateIcons: Readonly<Record<VisitState, IconName>> = {
  received: 'mail-check',
  returned: 'message-square-warning',
  approved: 'circle-check-big',
  withdrawn: 'ban',
};

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
      icon: revisionIcon(revision),
      words: revisionWords(revision),
      said: revision.reason,
      undone: false,
    }),
  );
  const decisions = detail.decisions.map(
    (decision): Event => ({
      at: decision.at,
      icon: decisionIcons[decision.kind],
      words: decisionWords(decision),
      said: decision.words,
      undone: decision.undone,
    }),
  );
  return [...versions, ...decisions].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function revisionIcon({ why }: RevisionLine): IconName {
  if (why === 'mended') return 'pencil-line';
  if (why === 'settled') return 'clipboard-check';
  return why === 'merged' ? 'copy' : 'mail-check';
}

const decisionIcons: Readonly<Record<DecisionLine['kind'], IconName>> = {
  approve: 'circle-check-big',
  return: 'message-square-warning',
  undo: 'undo-2',
  withdraw: 'ban',
};

function revisionWords({ number, by, why, merges }: RevisionLine): string {
  if (why === 'mended') return t('desk.event_mended', { who: by });
  if (why === 'merged') return t('desk.event_merged', { numbers: numberWords(merges), number });
  if (why === 'settled') return t('desk.event_settled', { who: by, number });
  return number === 1 ? t('desk.event_received', { who: by }) : t('desk.event_again', { who: by, number });
}

function decisionWords({ kind, by, comments }: DecisionLine): string {
  switch (kind) {
    case 'approve':
      return t('desk.event_approved', { who: by });
    case 'undo':
      return t('desk.event_undone', { who: by });
    case 'withdraw':
      return t('desk.event_withdrawn', { who: by });
    case 'return':
      return comments.length === 0
        ? t('desk.event_returned', { who: by })
        : t('desk.event_returnedN', { who: by, n: comments.length });
  }
}

/** 2、3 */
export const numberWords = (numbers: readonly number[] | null): string =>
  (numbers ?? []).join(t('desk.numbersBetween'));

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
