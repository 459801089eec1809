/** Asks once before a form goes to every phone: who gets it and when, and what stays as it is. */
import { For, type JSX, Show } from 'solid-js';
import type { FormLine, LookedOver, Published } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Icon } from '../../ui';
import { AskDialog } from '../parts/AskDialog';

export interface PublishDialogProps {
  looked: LookedOver;
  /** the form as the county has it; null where it is not known */
  known: FormLine | null;
  onPublish: () => Promise<Published>;
  onDone: (published: Published) => void;
  onClose: () => void;
}

export function PublishDialog(props: PublishDialogProps): JSX.Element {
  const touching = () => (props.looked.diff?.changes ?? []).filter((each) => each.attention);
  async function publish(): Promise<void> {
    props.onDone(await props.onPublish());
  }

  return (
    <AskDialog
      title={t('publish.publishAsk', { what: whatOf(props.looked), version: props.looked.version ?? '' })}
      note={t('publish.noWayBack')}
      icon="send"
      words={t('publish.publish')}
      onSend={publish}
      onClose={props.onClose}
    >
      <Show when={touching().length > 0}>
        <section class="change-part touching">
          <h3>
            <Icon name="flag" size="sm" />
            {t('publish.changesToo')}
          </h3>
          <ul>
            <For each={touching()}>{(each) => <li class="what">{inWords(each)}</li>}</For>
          </ul>
        </section>
      </Show>
      <WhatHappens known={props.known} />
    </AskDialog>
  );
}

/** What publishing means for phones, drafts and records. */
export function WhatHappens(props: { known: FormLine | null }): JSX.Element {
  const who = () => {
    if (props.known === null) return t('publish.whoGetsOurs');
    const { programme } = props.known;
    return programme === null ? t('publish.whoGetsAll') : t('publish.whoGetsNote', { programme: inWords(programme) });
  };
  return (
    <dl class="qa">
      <div class="row">
        <dt>{t('publish.whoGets')}</dt>
        <dd>{who()}</dd>
      </div>
      <div class="row">
        <dt>{t('publish.drafts')}</dt>
        <dd>{t('publish.draftsNote')}</dd>
      </div>
      <div class="row">
        <dt>{t('publish.records')}</dt>
        <dd>{t('publish.recordsNote')}</dd>
      </div>
    </dl>
  );
}

export const whatOf = (looked: LookedOver): string => inWords(looked.title) || (looked.form ?? t('publish.noForm'));
