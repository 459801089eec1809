/**
 * The two ways past the page's own camera: the phone's camera app, and the album. Android may close the browser while
 * another app is in front, so what is on screen goes to the disk before one opens, and that a photo is awaited with it.
 */
import { createSignal, type JSX, onMount, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';

export function Chooser(props: {
  /** resolves once everything is on the disk */
  prepare: () => Promise<void>;
  onFile: (file: File) => void;
  /** she has asked for the album already */
  begin: boolean;
  /** nothing from the album: the form asks for what is there now */
  fresh: boolean;
  /** and has left it without a photo */
  onNothing: () => void;
}): JSX.Element {
  let camera!: HTMLInputElement;
  let album!: HTMLInputElement;
  const [busy, setBusy] = createSignal(false);

  const open = async (input: HTMLInputElement): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    await props.prepare().finally(() => setBusy(false));
    input.click();
  };
  onMount(() => {
    if (props.begin) void open(album);
  });
  const took = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    input.value = ''; // the same photo may be chosen again
    if (file !== undefined) props.onFile(file);
  };
  return (
    <div class="chooser">
      <Button icon="camera" busy={busy()} onClick={() => void open(camera)}>
        {t('visits.cameraApp')}
      </Button>
      <Show when={!props.fresh}>
        <Button icon="image" busy={busy()} onClick={() => void open(album)}>
          {t('visits.album')}
        </Button>
      </Show>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('visits.cameraApp')}
        onChange={(event) => took(event.currentTarget)}
      />
      <input
        ref={album}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('visits.album')}
        onCancel={() => props.begin && props.onNothing()}
        onChange={(event) => took(event.currentTarget)}
      />
    </div>
  );
}
