/** An empty list: all seen, nothing that fits, or nothing of this kind; each with its own way on. */
import { type JSX, Match, Switch } from 'solid-js';
import { t } from '../../i18n';
import { Empty } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { cleared, type Filter, furtherCount, viewOf, views } from './filters';

export function Nothing(props: { filter: Filter; onFilter: (filter: Filter) => void }): JSX.Element {
  const narrowed = () => furtherCount(props.filter) > 0 || props.filter.search !== '';
  const go = (view: keyof typeof views, words: string) => (
    <DeskButton icon="rotate-ccw" onClick={() => props.onFilter({ ...cleared(props.filter), ...views[view] })}>
      {words}
    </DeskButton>
  );
  return (
    <Switch fallback={<Empty title={t('desk.nothingHere')} action={go('mine', t('desk.backToMine'))} />}>
      <Match when={narrowed()}>
        <Empty title={t('desk.nothingFits')} action={go('mine', t('desk.clearFilters'))}>
          {t('desk.nothingFitsNext')}
        </Empty>
      </Match>
      <Match when={viewOf(props.filter) === 'mine'}>
        <Empty title={t('desk.allSeen')} action={go('approved', t('desk.seeApproved'))}>
          {t('desk.allSeenNext')}
        </Empty>
      </Match>
    </Switch>
  );
}
