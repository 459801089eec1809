/** Asks once before a form goes to every phone: who gets it and when, and what stays as it is. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { FormLine, LookedOver, Published } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Dialog, Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { useKeydown } from '../parts/on-keys';
import { ProblemNote } from '../parts/ProblemNote';

export interface PublishDialogProps {
  looked: LookedOver;
  /** the form as the county has it; null where it is not known */
  known: FormLine | null;
  onPublish: () => Promise<Published>;
  onDone: (published: Published) => void;
  onClose: () => void;
}

export function PublishDialog(props: PublishDialogProps): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const touching = () => (props.looked.diff?.changes ?? []).filter((each) => each.attention);

  async function publish(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      props.onDone(await props.onPublish());
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  }
  useKeydown((event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void publish();
  });

  return (
    <Dialog
      title={t('publish.publishAsk', { what: whatOf(props.looked), version: props.looked.version ?? '' })}
      note={t('publish.noWayBack')}
      onClose={props.onClose}
      foot={
        <>
          <span class="grow" />
          <DeskButton key="Esc" onClick={() => props.onClose()}>
            {t('desk.leaveIt')}
          </DeskButton>
          <DeskButton kind="main" icon="send" key="Ctrl ↵" busy={busy()} onClick={() => void publish()}>
            {t('publish.publish')}
          </DeskButton>
        </>
      }
    >
      <div class="asking">
        <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
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
      </div>
    </Dialog>
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
