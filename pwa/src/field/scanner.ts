/**
 * Codes before the camera (the square on a card, the bars on a packet), read by the browser's own detector where it has
 * one. The camera is on only while the frame is on screen, and goes off when what was seen is what was looked for.
 */

interface Detected {
  readonly rawValue: string;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly Detected[]>;
}
interface DetectorClass {
  new (options?: { formats: string[] }): Detector;
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
  /** Left out: every kind that the browser knows. */
  formats?: string[];
  /** Is this what was looked for? Then the camera goes off. */
  onSeen: (text: string) => boolean;
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
    if (stopped) return;
    if (seen.some(({ rawValue }) => told.onSeen(rawValue))) return stop();
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
    await look(new Detect(told.formats && { formats: told.formats }));
  };

  begin().catch(() => {
    stop();
    told.onNoCamera();
  });
  return stop;
}
