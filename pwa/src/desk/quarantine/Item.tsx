/** One quarantined item: a row of the list, and the whole of it with the reason. */
import { A } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import type { QuarantineDetail, QuarantineItem } from '../../api/types';
import { dayOf, formatBytes, formatNear, inWords, t } from '../../i18n';
import { Chip, Dot, Icon } from '../../ui';
import { near } from '../parts/near';
import { zone } from '../session/session';
import { nextWords, reasonTitle, whereWords } from './reasons';

const kinds = ['visit.withdraw', 'note.add', 'photo.lost'] as const;
const kindWords = {
  'visit.withdraw': 'desk.op_withdraw',
  'note.add': 'desk.op_note',
  'photo.lost': 'desk.op_lost',
} as const;

/** What it is: a person and a form, else the kind of op, else nothing that one could tell. */
export function whatOf(item: QuarantineItem): string {
  const named = [item.subject_label, inWords(item.form_title)].filter(Boolean).join(' · ');
  const kind = kinds.find((each) => each === item.kind);
  return named || t(kind === undefined ? 'desk.unreadableItem' : kindWords[kind]);
}

/** The same on screen, its parts set apart by the drawn dot. */
function What(props: { item: QuarantineItem }): JSX.Element {
  const form = () => inWords(props.item.form_title);
  return (
    <Show when={props.item.subject_label} fallback={whatOf(props.item)}>
      {(whom) => (
        <>
          {whom()}
          <Show when={form() !== ''}>
            <Dot />
            {form()}
          </Show>
        </>
      )}
    </Show>
  );
}

export function ItemRow(props: { item: QuarantineItem; open: boolean; href: string }): JSX.Element {
  return (
    <li class="qrow noticks" classList={{ on: props.open }}>
      <A class="qlink" href={props.href} aria-current={props.open ? 'true' : undefined}>
        <span class="top">
          <What item={props.item} />
        </span>
        <span class="when">{formatNear(dayOf(props.item.received_at, zone()), dayOf(new Date(), zone()))}</span>
        <span class="sub">
          {props.item.user_name ?? t('desk.unknownSender')}
          <Show when={inWords(props.item.team_name)}>
            {(team) => (
              <>
                <Dot />
                {team()}
              </>
            )}
          </Show>
        </span>
        <span class="flags">
          <span class="flag">{reasonTitle(props.item.code)}</span>
        </span>
      </A>
    </li>
  );
}

function afterwards(item: QuarantineDetail): string {
  switch (item.state) {
    case 'open':
      return nextWords(item);
    case 'released':
      return t('desk.q_was');
    case 'closed':
      return t('desk.q_wasClosed');
  }
}

export function ItemView(props: { item: QuarantineDetail; backHref: string }): JSX.Element {
  return (
    <>
      <header class="vhead">
        <div class="line1">
          <A class="vback" href={props.backHref}>
            <Icon name="chevron-left" label={t('ui.back')} />
          </A>
          <h2>
            <What item={props.item} />
          </h2>
          <Show when={props.item.state === 'released'}>
            <Chip state="passed">{t('desk.takenIn')}</Chip>
          </Show>
          <Show when={props.item.state === 'closed'}>
            <Chip state="withdrawn">{t('desk.closed')}</Chip>
          </Show>
        </div>
        <ul class="line2">
          <li>
            <Icon name="user" label={t('desk.volunteer')} />
            {props.item.user_name ?? t('desk.unknownSender')}
          </li>
          <li>
            <Icon name="mail-check" />
            {t('desk.q_received', { when: near(props.item.received_at) })}
          </li>
        </ul>
      </header>
      <div class="vbody one">
        <div class="side">
          <div class="why">
            <Icon name="circle-alert" />
            <div>
              <b class="ret">{reasonTitle(props.item.code)}</b>
              <p>{afterwards(props.item)}</p>
            </div>
          </div>
          <section class="panel">
            <dl class="qa">
              <Show when={props.item.said_at}>
                {(moment) => (
                  <div class="row">
                    <dt>{t('desk.q_when')}</dt>
                    <dd>{near(moment())}</dd>
                  </div>
                )}
              </Show>
              <Show when={whereWords(props.item)}>
                {(words) => (
                  <div class="row">
                    <dt>{t('desk.q_where')}</dt>
                    <dd>{words()}</dd>
                  </div>
                )}
              </Show>
              <Show when={props.item.form_version}>
                {(version) => (
                  <div class="row">
                    <dt>{t('desk.q_version')}</dt>
                    <dd>{version()}</dd>
                  </div>
                )}
              </Show>
              <div class="row">
                <dt>{t('desk.team')}</dt>
                <dd>{inWords(props.item.team_name) || t('desk.notKnown')}</dd>
              </div>
              <Show when={props.item.settled_by}>
                <div class="row">
                  <dt>{t(props.item.state === 'closed' ? 'desk.q_closed' : 'desk.q_settled')}</dt>
                  <dd>{props.item.settled_by}</dd>
                </div>
              </Show>
              <Show when={props.item.note}>
                <div class="row">
                  <dt>{t(props.item.state === 'closed' ? 'desk.q_closedWhy' : 'desk.q_mendedWhy')}</dt>
                  <dd>{props.item.note}</dd>
                </div>
              </Show>
            </dl>
          </section>
          <details class="panel rawop">
            <summary>{t('desk.q_raw')}</summary>
            <p class="cap">
              {t('desk.q_code')} <code>{props.item.code}</code>
              <Dot />
              {formatBytes(props.item.bytes)}
            </p>
            <Show when={props.item.op !== null}>
              <pre tabindex="0">{JSON.stringify(props.item.op, null, 2)}</pre>
            </Show>
          </details>
          <p class="cap">{t('desk.quarantineKept')}</p>
        </div>
      </div>
    </>
  );
}
