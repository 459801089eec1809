/** What the store could not do, in words that say what to do next; and the page when nothing else can be shown. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { StoreError } from '../../store';
import { Button, Empty } from '../../ui';
import { Screen } from '../parts/Screen';

export function storeWords(cause: unknown): string {
  if (!(cause instanceof StoreError)) return t('field.store_failed');
  switch (cause.kind) {
    case 'unavailable':
    case 'newer':
    case 'blocked':
    case 'closed':
    case 'quota':
    case 'sealed':
      return t(`field.store_${cause.kind}`);
    case 'nobody':
    case 'draft_moved':
    case 'draft_elsewhere':
    case 'gone':
    case 'failed':
      return t('field.store_failed');
  }
}

export function Trouble(props: { cause: unknown; onAgain: () => void }): JSX.Element {
  return (
    <Screen title={t('ui.appName')}>
      <Empty
        title={props.cause instanceof StoreError ? t('field.storeTitle') : t('field.pageTitle')}
        action={
          <Button small icon="refresh-cw" onClick={() => props.onAgain()}>
            {t('ui.tryAgain')}
          </Button>
        }
      >
        {props.cause instanceof StoreError ? storeWords(props.cause) : t('field.pageText')}
      </Empty>
    </Screen>
  );
}
