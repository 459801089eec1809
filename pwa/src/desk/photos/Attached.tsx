/** The file that an answer names: to look at, to listen to, to take home, or in words why not. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { Attachment } from '../../api/types';
import { Icon } from '../../ui';
import { Film } from './Film';
import { PhotoTile } from './PhotoTile';
import { kindOf, missingWords, saidAt } from './pictures';
import { ToTakeHome } from './ToTakeHome';
import { Voice } from './Voice';

export interface AttachedProps {
  attachment: Attachment;
  label: string;
  version?: string | undefined;
  fresh?: boolean;
}

export function Attached(props: AttachedProps): JSX.Element {
  return (
    <Switch>
      <Match when={missingWords(props.attachment)}>
        {(words) => <Missing attachment={props.attachment} words={words()} />}
      </Match>
      <Match when={kindOf(props.attachment) === 'photo'}>
        <div class="withphoto">
          <PhotoTile {...props} />
          <Show when={saidAt(props.attachment)}>{(words) => <span class="said-at">{words()}</span>}</Show>
        </div>
      </Match>
      <Match when={kindOf(props.attachment) === 'film'}>
        <Film attachment={props.attachment} label={props.label} />
      </Match>
      <Match when={kindOf(props.attachment) === 'paper'}>
        <ToTakeHome attachment={props.attachment} />
      </Match>
      <Match when={kindOf(props.attachment) === 'voice'}>
        <Voice attachment={props.attachment} label={props.label} />
      </Match>
    </Switch>
  );
}

function Missing(props: { attachment: Attachment; words: { title: string; next: string } }): JSX.Element {
  const icon = () => {
    if (props.attachment.state === 'awaited') return 'hourglass';
    return props.attachment.state === 'lost' ? 'ban' : 'file-text';
  };
  return (
    <div class="nophoto" classList={{ asks: props.attachment.state !== 'awaited' }}>
      <Icon name={icon()} />
      <p>
        <b>{props.words.title}</b>
        <span class="cap">{props.words.next}</span>
      </p>
      <Show when={props.attachment.state === 'aside'}>
        <ToTakeHome attachment={props.attachment} />
      </Show>
    </div>
  );
}
