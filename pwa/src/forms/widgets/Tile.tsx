/** A photo as a tile that opens large; a plain one with words where there is nothing to show. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import type { AttachmentHost } from '../attachments';

export function Tile(props: {
  host: AttachmentHost;
  name: string;
  /** What is on it: the question. */
  what: string;
  tag: string | null;
}): JSX.Element {
  const url = () => props.host.view(props.name)?.url;
  const tag = <Show when={props.tag}>{(words) => <span class="tag">{words()}</span>}</Show>;
  return (
    <Show
      when={url()}
      fallback={
        <div class="tile blank">
          <Icon name="camera" />
          <span>{t('forms.photoNotHere')}</span>
          {tag}
        </div>
      }
    >
      {(src) => (
        <button type="button" class="tile" onClick={() => props.host.show(props.name)}>
          <img src={src()} alt={props.what} />
          {tag}
          <span class="hidden">{t('forms.showLarge')}</span>
        </button>
      )}
    </Show>
  );
}
