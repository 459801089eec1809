/** A recording or a film of a question, to be heard or seen; or that it is not on this phone. */
import { type Accessor, type JSX, Show } from 'solid-js';
import { Icon } from '../../ui';
import type { AttachmentHost } from '../attachments';

export interface PlayedProps {
  host: AttachmentHost;
  name: string;
  icon: 'mic' | 'camera';
  /** said above it, where it stands beside a newer one */
  title?: string | undefined;
  notHere: string;
  children: (url: Accessor<string>) => JSX.Element;
}

export function Played(props: PlayedProps): JSX.Element {
  const view = () => props.host.view(props.name);
  return (
    <div class="recording">
      <Show when={props.title}>{(title) => <p class="cap">{title()}</p>}</Show>
      <Show
        when={view()?.url}
        fallback={
          <p class="told">
            <Icon name={props.icon} />
            {props.notHere}
          </p>
        }
      >
        {(url) => props.children(url)}
      </Show>
      <Show when={view()?.words}>{(words) => <p class="cap">{words()}</p>}</Show>
    </div>
  );
}
