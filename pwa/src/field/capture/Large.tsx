/** A photo over the whole screen. Two fingers enlarge it, as everywhere on the phone; a tap on the cross goes back. */
import { createResource, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import type { FileBytes } from '../../store';
import { Button } from '../../ui';
import './capture.css';
import { FullScreen } from './FullScreen';

export function Large(props: {
  label: string;
  load: () => Promise<FileBytes | null>;
  onClose: () => void;
}): JSX.Element {
  const [url] = createResource(async () => {
    const picture = await props.load();
    return picture === null ? null : URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
  });
  onCleanup(() => {
    const shown = url.latest;
    if (shown !== null && shown !== undefined) URL.revokeObjectURL(shown);
  });
  return (
    <FullScreen label={props.label} onClose={() => props.onClose()}>
      <div class="large">
        <div class="pan" tabindex={0}>
          <Show
            when={url.latest}
            fallback={<p role="status">{url.loading ? t('ui.loading') : t('visits.largeGone')}</p>}
          >
            {(src) => <img src={src()} alt={props.label} />}
          </Show>
        </div>
        <footer>
          <Button icon="x" onClick={() => props.onClose()}>
            {t('ui.close')}
          </Button>
        </footer>
      </div>
    </FullScreen>
  );
}
