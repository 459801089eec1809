/**
 * What frames a phone screen: the bar above with the way back and 紧急, the line that says where the work is, the tabs
 * below. The line is the only thing that tells of the network: nothing else on the screen moves.
 */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { DemoTag } from './Chip';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface TopBarProps {
  title: JSX.Element;
  /** who and where, below the title */
  sub?: JSX.Element;
  demo?: boolean;
  onBack?: () => void;
  onUrgent?: () => void;
}

export function TopBar(props: TopBarProps): JSX.Element {
  return (
    <header class="bar-top">
      <Show when={props.onBack}>
        {(back) => (
          <button type="button" class="back" aria-label={t('ui.back')} onClick={() => back()()}>
            <Icon name="chevron-left" />
          </button>
        )}
      </Show>
      <div class="grow">
        <h1>
          {props.title}{' '}
          <Show when={props.demo}>
            <span classList={{ 'not-large': props.sub !== undefined }}>
              <DemoTag short={props.sub !== undefined} />
            </span>
          </Show>
        </h1>
        <Show when={props.sub}>
          <p class="cap">
            {props.sub}{' '}
            <Show when={props.demo}>
              <span class="only-large">
                <DemoTag />
              </span>
            </Show>
          </p>
        </Show>
      </div>
      <Show when={props.onUrgent}>{(urgent) => <UrgentButton onClick={urgent()} />}</Show>
    </header>
  );
}

export function UrgentButton(props: { onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="sos-round" onClick={() => props.onClick()}>
      <Icon name="siren" />
      {t('ui.urgent')}
    </button>
  );
}

/** What has not arrived: visits, and photos and recordings, of visits that have arrived too. */
export interface Left {
  readonly visits: number;
  readonly photos: number;
  readonly voices: number;
}

export type Where =
  | { at: 'all' }
  | { at: 'waiting'; left: Left }
  | { at: 'sending'; left: Left }
  | { at: 'offline'; visits: number };

const whereLook: Readonly<Record<Where['at'], { look: string; icon: IconName }>> = {
  all: { look: 'all', icon: 'circle-check-big' },
  waiting: { look: '', icon: 'hourglass' },
  sending: { look: 'snd', icon: 'arrow-up' },
  offline: { look: 'off', icon: 'cloud-off' },
};

function whereWords(where: Where): string {
  switch (where.at) {
    case 'all':
      return t('ui.allReceived');
    case 'waiting':
      if (where.left.visits > 0) return t('ui.nWaiting', { n: where.left.visits });
      return t('ui.filesWaiting', { files: filesWords(where.left) });
    case 'sending':
      if (where.left.visits > 0) return t('ui.nSending', { n: where.left.visits });
      return t('ui.filesSending', { files: filesWords(where.left) });
    case 'offline':
      return t('ui.noNetwork');
  }
}

/** Photos; recordings, films and files are named where there are no photos: the tap shows everything. */
function filesWords({ photos, voices }: Left): string {
  return photos > 0 ? t('ui.nPhotos', { n: photos }) : t('ui.nVoices', { n: voices });
}

export function WhereLine(props: { where: Where; onOpen?: () => void }): JSX.Element {
  const look = () => whereLook[props.where.at];
  return (
    <button type="button" class={`whereline ${look().look}`} onClick={() => props.onOpen?.()}>
      <Icon name={look().icon} size="sm" />
      <span class="grow" aria-live="polite">
        <Show when={props.where.at === 'all'}>
          <span class="not-large">{t('ui.allReceivedOf')}</span>
        </Show>
        {whereWords(props.where)}
        <Show when={props.where.at === 'waiting'}>
          <span class="not-large">{t('ui.sendsItself')}</span>
        </Show>
        <Show when={props.where.at === 'offline' && props.where.visits > 0 && props.where.visits}>
          {(visits) => <span class="not-large">{t('ui.nOnPhone', { n: visits() })}</span>}
        </Show>
      </span>
      <Show when={props.onOpen}>
        <Icon name="chevron-right" size="sm" />
      </Show>
    </button>
  );
}

export interface Tab {
  href: string;
  label: string;
  icon: IconName;
  /** the filled one in the middle */
  main?: boolean;
}

export function TabBar(props: { tabs: readonly Tab[]; current: string; label: string }): JSX.Element {
  return (
    <nav class="tabs" aria-label={props.label}>
      <For each={props.tabs}>
        {(tab) => (
          <a
            class="tab"
            classList={{ plus: Boolean(tab.main), on: !tab.main && tab.href === props.current }}
            href={tab.href}
            aria-current={tab.href === props.current ? 'page' : undefined}
          >
            <Icon name={tab.icon} />
            {tab.label}
          </a>
        )}
      </For>
    </nav>
  );
}
