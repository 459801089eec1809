/** The phone's camera in the page: the one at the back first, its light and its sister where there are any. */

export type Facing = 'environment' | 'user';

/** `refused`: she or the phone does not allow it; `none`: there is none, or another app has it. */
export type NoCamera = 'refused' | 'none';

export class CameraClosed extends Error {
  override readonly name = 'CameraClosed';
  constructor(readonly why: NoCamera) {
    super(why);
  }
}

export interface Camera {
  readonly stream: MediaStream;
  /** it has a light that the page may switch */
  readonly light: boolean;
  setLight(on: boolean): Promise<void>;
  /** the phone took it away: a call, another app */
  onLost(lost: () => void): void;
  stop(): void;
}

// Chromium's own words for the light, which TypeScript does not know
type Capabilities = MediaTrackCapabilities & { readonly torch?: boolean };
type Constraint = MediaTrackConstraintSet & { readonly torch?: boolean };

/** Throws CameraClosed. */
export async function openCamera(facing: Facing): Promise<Camera> {
  const devices = (navigator as Partial<Pick<Navigator, 'mediaDevices'>>).mediaDevices;
  if (devices === undefined) throw new CameraClosed('none');
  const video = { facingMode: { ideal: facing }, width: { ideal: 1920 }, height: { ideal: 1440 } };
  const stream = await devices.getUserMedia({ video, audio: false }).catch((cause: unknown) => {
    throw new CameraClosed(cause instanceof DOMException && cause.name === 'NotAllowedError' ? 'refused' : 'none');
  });
  const [track] = stream.getVideoTracks();
  const can = track?.getCapabilities?.() as Capabilities | undefined;
  return {
    stream,
    light: can?.torch === true,
    async setLight(on) {
      await track?.applyConstraints({ advanced: [{ torch: on } as Constraint] });
    },
    onLost(lost) {
      track?.addEventListener('ended', lost);
    },
    stop() {
      for (const each of stream.getTracks()) each.stop();
    },
  };
}

/** Whether there is another camera to change to. Asked once one is open: before that a browser does not say. */
export async function hasSister(): Promise<boolean> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return all.filter((device) => device.kind === 'videoinput').length > 1;
}
