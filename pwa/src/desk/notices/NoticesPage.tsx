/** What happened: corrected, noted, withdrawn, set aside. A tap goes there; what was on screen here counts as read. */
import { A } from '@solidjs/router';
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Notice } from '../../api/types';
import { t } from '../../i18n';
import { Empty, Icon, type IconName, Loading } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { near } from '../parts/near';
import { ProblemNote } from '../parts/ProblemNote';
import { DeskBar } from '../Shell';
import { useBell } from './notices';

const icons: Readonly<Record<Notice['kind'], IconName>> = {
  corrected: 'undo-2',
  noted: 'message-square-text',
  withdrawn: 'ban',
  registered: 'user',
  quarantined: 'package-open',
  numbers_missing: 'smartphone',
  numbers_doubled: 'smartphone',
};

export function NoticesPage(): JSX.Element {
  const bell = useBell();
  /** What was new when she came stays marked while she reads; it is the county that knows it was read. */
  const [fresh, setFresh] = createSignal<ReadonlySet<string>>(new Set());
  createEffect(() => {
    const unread = (bell.items() ?? []).filter((notice) => !notice.read).map(({ id }) => id);
    if (unread.some((id) => !fresh().has(id))) setFresh(new Set([...fresh(), ...unread]));
    if (bell.unread() > 0 && document.visibilityState === 'visible') void bell.read();
  });
  return (
    <>
      <DeskBar title={t('desk.notices')} />
      <main class="noticespage">
        <Show when={bell.problem()}>{(now) => <ProblemNote problem={now()} onAgain={() => void bell.reload()} />}</Show>
        <Switch>
          <Match when={bell.items() === null && bell.problem() === null}>
            <Loading />
          </Match>
          <Match when={bell.items()?.length === 0}>
            <Empty title={t('desk.noNotices')}>{t('desk.noNoticesNext')}</Empty>
          </Match>
          <Match when={bell.items()}>
            {(items) => (
              <>
                <ul class="notices">
                  <For each={items()}>{(notice) => <Line notice={notice} fresh={fresh().has(notice.id)} />}</For>
                </ul>
                <Show when={bell.more()}>
                  <DeskButton small onClick={() => void bell.loadMore()}>
                    {t('desk.more')}
                  </DeskButton>
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </main>
    </>
  );
}

function Line(props: { notice: Notice; fresh: boolean }): JSX.Element {
  const where = () => {
    if (props.notice.item !== null) return `/quarantine/${props.notice.item}`;
    return props.notice.visit === null ? null : `/review/${props.notice.visit}`;
  };
  const inside = (
    <>
      <Icon name={icons[props.notice.kind]} />
      <span class="grow">
        <b>{noticeTitle(props.notice)}</b>
        <Show when={props.notice.words}>{(words) => <span class="saying">{words()}</span>}</Show>
      </span>
      <Show when={props.fresh}>
        <span class="new">{t('desk.newNotice')}</span>
      </Show>
      <span class="cap">{near(props.notice.at)}</span>
    </>
  );
  return (
    <li classList={{ fresh: props.fresh }}>
      <Show when={where()} fallback={<span class="noticeline">{inside}</span>}>
        {(href) => (
          <A class="noticeline" href={href()}>
            {inside}
          </A>
        )}
      </Show>
    </li>
  );
}

export function noticeTitle({ kind, by }: Pick<Notice, 'kind' | 'by'>): string {
  const who = by || t('desk.somebody');
  return t(`desk.notice_${kind}`, { who });
}
