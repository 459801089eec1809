/** A note: read, not answered. Its lines are kept; never as HTML, because answers may stand in it. */
import { type JSX, Show } from 'solid-js';
import { Icon } from '../../ui';
import type { Note } from '../model';
import { Guidance, LabelFiles } from './LabelFiles';

export function NoteText(props: { node: Note }): JSX.Element {
  return (
    <div class="note-of">
      <LabelFiles node={props.node} />
      <div class="note">
        <Icon name="info" />
        <div class="grow">
          <p>{props.node.label}</p>
          <Show when={props.node.value}>{(value) => <p class="told">{value()}</p>}</Show>
          <Show when={props.node.hint}>
            <p class="cap">{props.node.hint}</p>
          </Show>
        </div>
      </div>
      <Guidance path={props.node.path} />
    </div>
  );
}
