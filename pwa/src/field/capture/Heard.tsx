/** A recording that lies in the store, to be listened to: fetched when it is shown, and let go of afterwards. */
import { createResource, type JSX, onCleanup, Show } from 'solid-js';
import { Player } from '../../forms';
import type { FileBytes } from '../../store';
import { Loading } from '../../ui';

export function Heard(props: {
  load: () => Promise<FileBytes | null>;
  what: string;
  /** when there is nothing to play */
  sorry: string;
}): JSX.Element {
  const urls: string[] = [];
  const [url] = createResource(async () => {
    const heard = await props.load().catch(() => null);
    if (heard === null) return null;
    const made = URL.createObjectURL(new Blob([heard.bytes], { type: heard.type }));
    urls.push(made);
    return made;
  });
  onCleanup(() => urls.forEach((each) => URL.revokeObjectURL(each)));
  return (
    <Show when={!url.loading} fallback={<Loading />}>
      <Show when={url.latest} fallback={<p class="cap">{props.sorry}</p>}>
        {(src) => <Player src={src()} what={props.what} />}
      </Show>
    </Show>
  );
}
