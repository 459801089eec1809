/** What a question of a file holds: what was sent before, where a record is corrected, and what is there now. */
import { type Accessor, type JSX, Show } from 'solid-js';
import type { AttachmentHost } from '../attachments';
import type { WidgetProps } from './widget';

export interface HeldProps {
  asked: WidgetProps;
  /** it can be answered: an empty one shows its button, and no dash */
  open: boolean;
  /** what is said of a file where there is nobody to show it */
  there: string;
  children: (host: Accessor<AttachmentHost>, name: Accessor<string>, before: boolean) => JSX.Element;
}

export function Held(props: HeldProps): JSX.Element {
  return (
    <Show when={props.asked.attachments} fallback={<p class="told">{props.asked.value === '' ? '—' : props.there}</p>}>
      {(host) => (
        <>
          <Show when={props.asked.was}>{(was) => props.children(host, was, true)}</Show>
          <Show when={props.asked.value} fallback={<Show when={!props.open}>{<p class="told">—</p>}</Show>}>
            {(name) => props.children(host, name, false)}
          </Show>
        </>
      )}
    </Show>
  );
}
