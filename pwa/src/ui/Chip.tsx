/** The states: each has an icon, a word and a form of its own, so that nothing is lost without colour. */
import { type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { Icon } from './Icon';
import type { IconName } from './icons';

export const states = [
  'draft',
  'waiting',
  'sending',
  'received',
  'returned',
  'passed',
  'withdrawn',
  'due',
  'done',
  'overdue',
  'urgent',
  'offline',
] as const;
export type State = (typeof states)[number];

export const stateIcon: Readonly<Record<State, IconName>> = {
  draft: 'pencil-line',
  waiting: 'hourglass',
  sending: 'arrow-up',
  received: 'mail-check',
  returned: 'message-square-warning',
  passed: 'circle-check-big',
  withdrawn: 'undo-2',
  due: 'circle',
  done: 'check',
  overdue: 'clock-alert',
  urgent: 'siren',
  offline: 'cloud-off',
};

/** The state's own word, or a longer one that says the same ("过期 1 天"). */
export function Chip(props: { state: State; children?: JSX.Element }): JSX.Element {
  return (
    <span class={`chip ${props.state}`}>
      <Icon name={stateIcon[props.state]} />
      {props.children ?? t(`ui.${props.state}`)}
    </span>
  );
}

/** 演示数据, or 演示 where there is little room: on every page of a demo, so that no picture of it passes for real. */
export function DemoTag(props: { short?: boolean }): JSX.Element {
  return (
    <span class="demo-tag">
      {t('ui.demo')}
      <Show when={!props.short}>
        <span class="not-large">{t('ui.demoData')}</span>
      </Show>
    </span>
  );
}
