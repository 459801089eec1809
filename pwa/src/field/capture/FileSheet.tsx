/**
 * A film or a file: what it may be is said first, then the phone's own camera or chooser is opened. Android may close the
 * browser meanwhile, so what is on screen goes to the disk before.
 */
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { From } from '../../forms';
import { t } from '../../i18n';
import { Button, type IconName, Sheet } from '../../ui';
import './capture.css';
import { Sorry } from './Sorry';

/** What the county takes; whatever else a phone offers is refused in words. */
const TAKEN =
  'application/pdf,image/jpeg,image/png,image/webp,audio/mp4,audio/ogg,audio/webm,video/mp4,video/webm,video/quicktime';

interface Way {
  readonly words: string;
  readonly icon: IconName;
  readonly accept: string;
  readonly capture: 'environment' | 'user' | undefined;
}

export interface FileSheetProps {
  title: string;
  kind: 'video' | 'file';
  from: From;
  /** everything on screen to the disk */
  prepare: () => Promise<void>;
  /** settles when it is on the disk; rejects when it could not be */
  onFile: (file: File) => Promise<void>;
  wordsOf: (cause: unknown) => string;
  onClose: () => void;
}

export function FileSheet(props: FileSheetProps): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const ways = (): readonly Way[] => {
    if (props.kind === 'file')
      return [{ words: t('visits.fileChoose'), icon: 'clipboard-check', accept: TAKEN, capture: undefined }];
    const capture = props.from === 'new-front' ? 'user' : 'environment';
    const film: Way = { words: t('visits.filmNow'), icon: 'camera', accept: 'video/*', capture };
    const album: Way = { words: t('visits.album'), icon: 'image', accept: 'video/*', capture: undefined };
    return props.from === 'camera' ? [film, album] : [film];
  };
  const open = async (input: HTMLInputElement): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    await props.prepare().finally(() => setBusy(false));
    input.click();
  };
  const took = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? [];
    input.value = ''; // the same one may be chosen again
    if (file === undefined) return;
    setBusy(true);
    setTrouble(null);
    try {
      await props.onFile(file);
    } catch (cause) {
      setTrouble(props.wordsOf(cause));
    }
    setBusy(false);
  };
  return (
    <Sheet
      title={props.title}
      note={props.kind === 'video' ? t('visits.filmHow') : t('visits.fileHow')}
      onClose={() => props.onClose()}
      foot={<Button onClick={() => props.onClose()}>{t('visits.fileGiveUp')}</Button>}
    >
      <div class="chooser">
        <For each={ways()}>
          {(way) => {
            let input!: HTMLInputElement;
            return (
              <>
                <Button icon={way.icon} busy={busy()} onClick={() => void open(input)}>
                  {way.words}
                </Button>
                <input
                  ref={input}
                  type="file"
                  accept={way.accept}
                  capture={way.capture}
                  hidden
                  aria-label={way.words}
                  onChange={(event) => void took(event.currentTarget)}
                />
              </>
            );
          }}
        </For>
      </div>
      <Show when={busy()}>
        <p role="status">{t('visits.fileWorking')}</p>
      </Show>
      <Sorry words={trouble()} />
    </Sheet>
  );
}
