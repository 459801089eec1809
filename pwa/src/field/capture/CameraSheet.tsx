/**
 * Taking a photo: the camera over the whole screen, a shutter that cold hands meet, and one look at the picture before
 * it is used. Without a camera one sentence, and the phone's own ways. Whatever goes wrong, the form below stays.
 */
import { createSignal, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import type { From } from '../../forms';
import { t } from '../../i18n';
import { Button } from '../../ui';
import { type Camera, CameraClosed, type Facing, hasSister, openCamera } from './camera';
import { Chooser } from './Chooser';
import './capture.css';
import { FullScreen } from './FullScreen';
import { Sorry } from './Sorry';

type Stage =
  | { at: 'opening' }
  | { at: 'live' }
  | { at: 'frozen' }
  | { at: 'working' }
  | { at: 'choosing'; why: 'refused' | 'none' | 'album' };

export interface CameraSheetProps {
  /** what the photo is of, as its question says it */
  title: string;
  /** `new`, `new-front`: nothing from the album, and at which camera it begins */
  from: From;
  /** everything on screen to the disk, and that a photo is awaited */
  prepare: () => Promise<void>;
  /** settles when the photo is on the disk; rejects when it could not be */
  onPhoto: (photo: Blob | ImageBitmap) => Promise<void>;
  /** what went wrong, in words */
  wordsOf: (cause: unknown) => string;
  onClose: () => void;
}

export function CameraSheet(props: CameraSheetProps): JSX.Element {
  let video!: HTMLVideoElement;
  let still!: HTMLCanvasElement;
  let camera: Camera | null = null;
  let gone = false;
  const [stage, setStage] = createSignal<Stage>(
    // eslint-disable-next-line solid/reactivity -- where she begins
    props.from === 'album' ? { at: 'choosing', why: 'album' } : { at: 'opening' },
  );
  const fresh = () => props.from === 'new' || props.from === 'new-front';
  // eslint-disable-next-line solid/reactivity -- where she begins
  const [facing, setFacing] = createSignal<Facing>(props.from === 'new-front' ? 'user' : 'environment');
  const [sister, setSister] = createSignal(false);
  const [light, setLight] = createSignal<boolean | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);

  const close = () => {
    camera?.stop();
    camera = null;
  };
  onCleanup(() => {
    gone = true;
    close();
  });

  const open = async (): Promise<void> => {
    close();
    setTrouble(null);
    setStage({ at: 'opening' });
    try {
      const opened = await openCamera(facing());
      if (gone) return opened.stop();
      camera = opened;
      opened.onLost(() => {
        if (camera === opened) setStage({ at: 'choosing', why: 'none' });
      });
      video.srcObject = opened.stream;
      await video.play().catch(() => undefined); // it plays by itself where the browser is strict
      setLight(opened.light ? false : null);
      setStage({ at: 'live' });
      setSister(await hasSister());
    } catch (cause) {
      if (!gone) setStage({ at: 'choosing', why: cause instanceof CameraClosed ? cause.why : 'none' });
    }
  };
  onMount(() => {
    if (stage().at === 'opening') void open();
  });

  const shoot = () => {
    if (video.videoWidth === 0) return; // the first frame is still on its way
    still.width = video.videoWidth;
    still.height = video.videoHeight;
    still.getContext('2d')?.drawImage(video, 0, 0);
    setStage({ at: 'frozen' });
  };
  const keep = async (photo: Blob | ImageBitmap, back: Stage): Promise<void> => {
    setTrouble(null);
    setStage({ at: 'working' });
    try {
      await props.onPhoto(photo);
    } catch (cause) {
      setTrouble(props.wordsOf(cause));
      setStage(back);
    }
  };
  const use = async (): Promise<void> => {
    const frame = await createImageBitmap(still);
    await keep(frame, { at: 'live' }).finally(() => frame.close());
  };
  const turn = () => {
    setFacing(facing() === 'environment' ? 'user' : 'environment');
    void open();
  };
  const shine = async (): Promise<void> => {
    const on = light() !== true;
    await camera?.setLight(on).then(
      () => setLight(on),
      () => setLight(null), // it said it could, and cannot
    );
  };
  const shown = (at: Stage['at']) => stage().at === at;
  const choosing = () => {
    const now = stage();
    return now.at === 'choosing' ? now : null;
  };

  return (
    <FullScreen label={t('visits.camera')} onClose={() => props.onClose()}>
      <div class="camera">
        <p class="what">{props.title}</p>
        <div class="finder">
          <video ref={video} muted playsinline classList={{ away: !shown('live') }} aria-hidden="true" />
          <canvas ref={still} classList={{ away: !shown('frozen') }} role="img" aria-label={t('visits.large')} />
          <Show when={shown('opening')}>
            <p role="status">{t('visits.cameraOpening')}</p>
          </Show>
          <Show when={shown('working')}>
            <p role="status">{t('visits.cameraWorking')}</p>
          </Show>
          <Show when={choosing()}>
            {(now) => (
              <div class="choosing">
                <p class="lead" role="status">
                  {chooserWords(now().why)}
                </p>
                <Chooser
                  prepare={props.prepare}
                  onFile={(file) => void keep(file, now())}
                  begin={now().why === 'album'}
                  fresh={fresh()}
                  onNothing={() => props.from === 'album' && props.onClose()}
                />
              </div>
            )}
          </Show>
        </div>
        <Sorry words={trouble()} />
        <footer>
          <Switch>
            <Match when={shown('live')}>
              <div class="shoot">
                <Button kind="bare" onClick={() => props.onClose()}>
                  {t('visits.cameraGiveUp')}
                </Button>
                <button type="button" class="shutter" aria-label={t('visits.shutter')} onClick={shoot}>
                  <span />
                </button>
                <Show when={!fresh()} fallback={<span class="no-album" />}>
                  <Button kind="bare" icon="image" onClick={() => setStage({ at: 'choosing', why: 'album' })}>
                    {t('visits.albumShort')}
                  </Button>
                </Show>
              </div>
              <div class="shoot more">
                <Show when={light() !== null}>
                  <Button kind="bare" icon="sun" onClick={() => void shine()}>
                    {light() === true ? t('visits.cameraLightOff') : t('visits.cameraLight')}
                  </Button>
                </Show>
                <Show when={sister()}>
                  <Button kind="bare" icon="refresh-cw" onClick={turn}>
                    {t('visits.cameraTurn')}
                  </Button>
                </Show>
              </div>
            </Match>
            <Match when={shown('frozen')}>
              <p class="cap center">{t('visits.cameraLook')}</p>
              <div class="pair">
                <Button icon="rotate-ccw" onClick={() => setStage({ at: 'live' })}>
                  {t('visits.cameraAgain')}
                </Button>
                <Button kind="main" icon="check" onClick={() => void use()}>
                  {t('visits.cameraUse')}
                </Button>
              </div>
            </Match>
            <Match when={choosing()}>
              <div class="pair">
                <Button onClick={() => props.onClose()}>{t('visits.cameraGiveUp')}</Button>
                <Button icon="camera" onClick={() => void open()}>
                  {choosing()?.why === 'album' ? t('visits.camera') : t('visits.cameraRetry')}
                </Button>
              </div>
            </Match>
            <Match when={shown('opening')}>
              <div class="pair">
                <Button onClick={() => props.onClose()}>{t('visits.cameraGiveUp')}</Button>
              </div>
            </Match>
          </Switch>
        </footer>
      </div>
    </FullScreen>
  );
}

function chooserWords(why: 'refused' | 'none' | 'album'): string {
  switch (why) {
    case 'refused':
      return t('visits.cameraRefused');
    case 'none':
      return t('visits.cameraNone');
    case 'album':
      return t('visits.albumText');
  }
}
