/**
 * The square on the card, read by the browser's own detector where it has one. The camera is on only while the frame is
 * on screen. A square that is not ours is told and passed over; the camera stays on.
 */
import { codeFromSquare } from './model/code';

interface Detected {
  readonly rawValue: string;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly Detected[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export async function canScan(): Promise<boolean> {
  const detector = detectorClass();
  if (detector === undefined || !('mediaDevices' in navigator)) return false;
  try {
    return (await detector.getSupportedFormats()).includes('qr_code');
  } catch {
    return false;
  }
}

export interface Scanning {
  onCode: (code: string) => void;
  /** a square was seen that is no card of ours */
  onOther: () => void;
  onNoCamera: () => void;
}

/** Starts the camera into the element and looks five times a second. Returns how to stop it. */
export function scan(video: HTMLVideoElement, told: Scanning): () => void {
  const Detect = detectorClass();
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
  };

  const look = async (detector: Detector): Promise<void> => {
    if (stopped) return;
    const seen = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
    const code = seen.map((square) => codeFromSquare(square.rawValue)).find((each) => each !== null);
    if (typeof code === 'string') {
      stop();
      told.onCode(code);
      return;
    }
    if (seen.length > 0) told.onOther();
    timer = setTimeout(() => void look(detector), 200);
  };

  const begin = async (): Promise<void> => {
    if (Detect === undefined) throw new Error('no detector');
    const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    stream = opened;
    if (stopped) {
      stop(); // she changed her mind while the permission was asked
      return;
    }
    video.srcObject = opened;
    await video.play();
    await look(new Detect({ formats: ['qr_code'] }));
  };

  begin().catch(() => {
    stop();
    told.onNoCamera();
  });
  return stop;
}
