/** The dock of the three top pages: the line where the work is, always there, and the tabs. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { type Tab, TabBar, type Where, WhereLine } from '../../ui';

export type Top = '/' | '/new' | '/me';

export function TopDock(props: { where: Where; current: Top; onWhere: () => void }): JSX.Element {
  const tabs = (): Tab[] => [
    { href: '/', label: t('field.tabToday'), icon: 'calendar-check' },
    { href: '/new', label: t('field.tabNew'), icon: 'plus', main: true },
    { href: '/me', label: t('field.tabMe'), icon: 'circle-user' },
  ];
  return (
    <footer class="dock">
      <WhereLine where={props.where} onOpen={() => props.onWhere()} />
      <TabBar tabs={tabs()} current={props.current} label={t('field.tabs')} />
    </footer>
  );
}
