/** The photos of a visit beside its answers, where evidence stands; each says which question it answers. */
import { For, type JSX, Show } from 'solid-js';
import type { Attachment } from '../../api/types';
import { formatTime, inWords, t } from '../../i18n';
import { Dot } from '../../ui';
import { zone } from '../session/session';
import { PhotoTile } from './PhotoTile';
import { type Answered, canShow, picturesOf } from './pictures';

export function Gallery(props: { records: readonly Answered[] }): JSX.Element {
  const shown = () => picturesOf(props.records).filter(({ attachment }) => canShow(attachment));
  return (
    <Show when={shown().length > 0}>
      <section class="shots" classList={{ one: shown().length === 1 }} aria-label={t('desk.photos')}>
        <For each={shown()}>
          {(picture) => (
            <PhotoTile
              attachment={picture.attachment}
              label={inWords(picture.label)}
              tag={<Tag label={inWords(picture.label)} attachment={picture.attachment} />}
            />
          )}
        </For>
      </section>
    </Show>
  );
}

/** 炉子口 · 9:02 */
function Tag(props: { label: string; attachment: Attachment }): JSX.Element {
  return (
    <>
      {props.label}
      <Show when={props.attachment.said_at}>
        {(moment) => (
          <>
            <Dot />
            {formatTime(moment(), zone())}
          </>
        )}
      </Show>
    </>
  );
}
