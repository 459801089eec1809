/** Where the phone is, for a question that asks it: the best fix of a while, and why there is none. */
import type { Spot } from '../spots';

export type NoFix = 'noPermission' | 'noPosition';

export interface Locating {
  /** Settles with a good fix, or with the best when patience ends or `take` is called. Rejects with a NoFix. */
  readonly found: Promise<Spot>;
  /** She takes what there is. */
  take(): void;
}

const PATIENCE_MS = 60_000;
const GOOD_M = 10;
const DENIED = 1;

/** `good`: metres at which the search ends by itself. */
export function locate(geolocation: Geolocation, onFix: (fix: Spot) => void, good: number | null): Locating {
  let best: Spot | null = null;
  let end!: (why: NoFix) => void;
  const found = new Promise<Spot>((resolve, reject) => {
    end = (why) => {
      clearTimeout(timer);
      geolocation.clearWatch(watch);
      if (best === null) reject(new Error(why));
      else resolve(best);
    };
  });
  const timer = setTimeout(() => end('noPosition'), PATIENCE_MS);
  const watch = geolocation.watchPosition(
    ({ coords }) => {
      const fix = {
        lat: coords.latitude,
        lon: coords.longitude,
        alt: coords.altitude ?? 0,
        accuracy: coords.accuracy,
      };
      if (best !== null && best.accuracy <= fix.accuracy) return;
      best = fix;
      onFix(fix);
      if (fix.accuracy <= (good ?? GOOD_M)) end('noPosition');
    },
    ({ code }) => end(code === DENIED ? 'noPermission' : 'noPosition'),
    { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS },
  );
  return { found, take: () => end('noPosition') };
}
