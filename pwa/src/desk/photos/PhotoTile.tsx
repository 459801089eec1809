/** A photo, small: the preview first, marked while the original is still on its way. A tap or P makes it large. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { Attachment } from '../../api/types';
import { t } from '../../i18n';
import { Dot, Icon } from '../../ui';
import { useEvidence } from './evidence';
import { canShow, small } from './pictures';

export interface PhotoTileProps {
  attachment: Attachment;
  label: string;
  /** beside what it shows: the question that it answers, the version that it is of */
  tag?: JSX.Element;
  version?: string | undefined;
  /** the newer of two */
  fresh?: boolean;
}

export function PhotoTile(props: PhotoTileProps): JSX.Element {
  const evidence = useEvidence();
  const file = () => (canShow(props.attachment) ? small(evidence.files, evidence.base, props.attachment) : null);
  const waits = () => props.attachment.state === 'preview';
  return (
    <button
      type="button"
      class="shot tile"
      classList={{ fresh: Boolean(props.fresh) }}
      onClick={() => evidence.show(props.attachment)}
    >
      <span class="hidden">{t('desk.enlarge', { what: props.tag === undefined ? props.label : '' })}</span>
      <Switch fallback={<Icon name="camera" size="big" />}>
        <Match when={file()?.url()}>{(url) => <img src={url()} alt="" decoding="async" />}</Match>
        <Match when={file()?.problem()}>
          <span class="cap">{t('desk.photoNotHeard')}</span>
        </Match>
      </Switch>
      <Show when={props.tag ?? props.version ?? waits()}>
        <span class="tag">
          {props.tag ?? props.version}
          <Show when={waits()}>
            <Show when={props.tag ?? props.version}>
              <Dot />
            </Show>
            {t('desk.originalWaits')}
          </Show>
        </span>
      </Show>
    </button>
  );
}
