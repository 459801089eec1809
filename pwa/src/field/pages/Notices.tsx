/** What the county has to say to her, newest first. A tap opens the visit that it is about. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Empty, Icon, type IconName } from '../../ui';
import { Screen } from '../parts/Screen';
import '../parts/visits.css';

export interface NoticeLine {
  readonly id: string;
  readonly kind: 'returned' | 'approved' | 'released' | 'noted';
  readonly title: string;
  /** whom the visit was about, and which form */
  readonly about: string | null;
  readonly when: string;
  readonly words: string | null;
  readonly isNew: boolean;
  /** null: the visit is not on this phone any more */
  readonly visit: string | null;
}

const icons: Readonly<Record<NoticeLine['kind'], IconName>> = {
  returned: 'message-square-warning',
  approved: 'circle-check-big',
  released: 'mail-check',
  noted: 'message-square-text',
};

export function Notices(props: {
  lines: readonly NoticeLine[];
  onBack: () => void;
  onOpen: (visit: string) => void;
}): JSX.Element {
  return (
    <Screen title={t('visits.notices')} onBack={props.onBack}>
      <Show
        when={props.lines.length > 0}
        fallback={<Empty title={t('visits.noticesNone')}>{t('visits.noticesNoneText')}</Empty>}
      >
        <ul class="list" aria-label={t('visits.notices')}>
          <For each={props.lines}>
            {(line) => (
              <li>
                <Show when={line.visit} fallback={<div class="notice">{inside(line)}</div>}>
                  {(visit) => (
                    <button type="button" class="notice" onClick={() => props.onOpen(visit())}>
                      {inside(line)}
                      <Icon name="chevron-right" size="sm" />
                    </button>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Screen>
  );
}

function inside(line: NoticeLine): JSX.Element {
  return (
    <>
      <Icon name={icons[line.kind]} class={line.kind} />
      <span class="grow">
        <span class="name">
          {line.title}
          <Show when={line.isNew}>
            <b class="new">{t('visits.noticeNew')}</b>
          </Show>
        </span>
        <span class="cap dotted">
          <Show when={line.about}>{(about) => <span>{about()}</span>}</Show>
          <span>{line.when}</span>
        </span>
        <Show when={line.words}>{(words) => <span class="line quoted">{words()}</span>}</Show>
      </span>
    </>
  );
}
