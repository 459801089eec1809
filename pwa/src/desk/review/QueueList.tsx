/** The list at the left, in the server's order. A tick is for deciding about several; the row itself opens. */
import { A } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import type { QueueItem } from '../../api/types';
import { dayOf, formatNear, formatTime, inWords, t } from '../../i18n';
import { Chip, Dot, Icon, Loading } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ProblemNote } from '../parts/ProblemNote';
import { zone } from '../session/session';
import { flagWords } from './flags';
import { type Queue, whomOf } from './queue';

export interface QueueListProps {
  queue: Queue;
  open: string | null;
  hrefOf: (visit: string) => string;
  /** ticks are offered only where several may be decided */
  ticks: boolean;
  /** what waits is ordered by how much it presses, what was decided by when it came */
  waits: boolean;
}

export function QueueList(props: QueueListProps): JSX.Element {
  const all = () => props.queue.items().length > 0 && props.queue.chosen().length === props.queue.items().length;
  return (
    <aside class="qlist" aria-label={t('desk.queue')}>
      <div class="qhead">
        <Show when={props.ticks}>
          <Tick checked={all()} label={t('desk.tickAll')} onChange={props.queue.tickAll} />
        </Show>
        <p class="grow">{props.waits ? t('desk.orderWaiting') : t('desk.orderNewest')}</p>
      </div>
      <Show when={props.queue.page() === null && props.queue.loadProblem()}>
        {(problem) => <ProblemNote problem={problem()} onAgain={() => void props.queue.reload()} />}
      </Show>
      <Show when={props.queue.page() === null && props.queue.loadProblem() === null}>
        <Loading />
      </Show>
      <ul class="qscroll">
        <For each={props.queue.items()}>
          {(item) => (
            <QueueRow
              item={item}
              open={item.visit === props.open}
              href={props.hrefOf(item.visit)}
              ticked={props.queue.ticked().has(item.visit)}
              onTick={props.ticks ? (on) => props.queue.tick(item.visit, on) : undefined}
            />
          )}
        </For>
        <Show when={props.queue.page()?.next}>
          <li class="qmore">
            <DeskButton small onClick={() => void props.queue.more()}>
              {t('desk.more')}
            </DeskButton>
          </li>
        </Show>
      </ul>
    </aside>
  );
}

function Tick(props: { checked: boolean; label: string; onChange: (on: boolean) => void }): JSX.Element {
  return (
    <label class="tick">
      <input
        type="checkbox"
        class="hidden"
        checked={props.checked}
        aria-label={props.label}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="ck">
        <Icon name="check" />
      </span>
    </label>
  );
}

interface RowProps {
  item: QueueItem;
  open: boolean;
  href: string;
  ticked: boolean;
  onTick: ((on: boolean) => void) | undefined;
}

function QueueRow(props: RowProps): JSX.Element {
  const when = () => {
    const today = dayOf(new Date(), zone());
    const day = dayOf(props.item.received_at, zone());
    return day === today ? formatTime(props.item.received_at, zone()) : formatNear(day, today);
  };
  return (
    <li class="qrow" classList={{ on: props.open, noticks: props.onTick === undefined }}>
      <Show when={props.onTick}>
        {(onTick) => (
          <Tick
            checked={props.ticked}
            label={t('desk.tickOne', { whom: whomOf(props.item) })}
            onChange={(on) => onTick()(on)}
          />
        )}
      </Show>
      <A class="qlink" href={props.href} aria-current={props.open ? 'true' : undefined}>
        <span class="top">
          {whomOf(props.item)}
          <Dot />
          {inWords(props.item.form_title)}
        </span>
        <span class="when">{when()}</span>
        <span class="sub" classList={{ beside: props.item.number > 1 }}>
          {props.item.user_name}
          <Dot />
          {inWords(props.item.team_name)}
        </span>
        <Show when={props.item.number > 1}>
          <span class="when">{t('desk.versionN', { n: props.item.number })}</span>
        </Show>
        <Show
          when={
            props.item.urgent || props.item.flags.length > 0 || props.item.came_back || props.item.state !== 'received'
          }
        >
          <span class="flags">
            <Show when={props.item.urgent}>
              <Chip state="urgent" />
            </Show>
            <StateChip state={props.item.state} />
            <Show when={props.item.came_back}>
              <CameBack />
            </Show>
            <For each={props.item.flags}>
              {(flag) => (
                <span class="flag">
                  <Icon name="flag" />
                  {flagWords(flag).short}
                </span>
              )}
            </For>
          </span>
        </Show>
      </A>
    </li>
  );
}

/** Mended after somebody asked for it. */
export function CameBack(props: { number?: number }): JSX.Element {
  return (
    <span class="chip received">
      <Icon name="undo-2" />
      {props.number === undefined ? t('desk.cameBack') : t('desk.cameBackN', { n: props.number })}
    </span>
  );
}

/** The state, where it is another than the one that the queue is about. */
export function StateChip(props: { state: QueueItem['state'] }): JSX.Element {
  return (
    <>
      <Show when={props.state === 'approved'}>
        <Chip state="passed" />
      </Show>
      <Show when={props.state === 'returned'}>
        <Chip state="returned" />
      </Show>
      <Show when={props.state === 'withdrawn'}>
        <Chip state="withdrawn" />
      </Show>
    </>
  );
}
