/** It is published: what, for whom, and what stays as it was. */
import { A } from '@solidjs/router';
import { type JSX, onMount, Show } from 'solid-js';
import type { FormLine, Published } from '../../api/types';
import { formatBytes, t } from '../../i18n';
import { Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { WhatHappens } from './PublishDialog';

export interface DoneProps {
  what: string;
  published: Published;
  /** the form as the county had it before */
  known: FormLine | null;
  onAnother: () => void;
}

export function Done(props: DoneProps): JSX.Element {
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());
  const count = () => (props.known?.versions.length ?? 0) + Number(props.published.new);
  return (
    <main class="published">
      <section class="panel" role="status">
        <header>
          <Icon name="circle-check-big" />
          <div>
            <h2 ref={heading} tabindex="-1">
              {t('publish.published')}
            </h2>
            <p>
              {t('publish.publishedWhat', {
                what: props.what,
                version: props.published.version,
                size: formatBytes(props.published.bytes),
              })}
            </p>
            <p class="cap">
              {props.published.new ? t('publish.publishedNth', { n: count() }) : t('publish.publishedSame')}
            </p>
          </div>
        </header>
        <Show when={props.published.new}>
          <WhatHappens known={props.known} />
        </Show>
        <footer>
          <A class="dbtn main" href="/forms">
            <Icon name="arrow-left" />
            {t('publish.toForms')}
          </A>
          <DeskButton icon="file-spreadsheet" onClick={props.onAnother}>
            {t('publish.another')}
          </DeskButton>
        </footer>
      </section>
    </main>
  );
}
