/**
 * The drawing of a check-in's distance from the person's home: a ruler from home outwards, the check-in on it, and the
 * uncertainty of the position as a band. The scale is the smallest round one in which the check-in and its band fit,
 * so that near stays near to the eye; what is beyond the largest scale sits at the end with an arrow.
 */
export const RULER = { left: 28, right: 316, y: 46 } as const;
const SCALES_M = [150, 300, 600, 1500, 3000, 6000, 15_000, 30_000] as const;
const TICKS = 3;

export interface DistanceDrawing {
  scale_m: number;
  ticks: { x: number; metres: number }[];
  /** x of the check-in */
  at: number;
  band: { x: number; width: number };
  /** the words beside the check-in: to its right while there is room, else to its left */
  words: { x: number; anchor: 'start' | 'end' };
  beyond: boolean;
}

const round = (value: number) => Math.round(value * 10) / 10;

export function drawDistance(distance_m: number, accuracy_m: number): DistanceDrawing {
  const reach = distance_m + accuracy_m;
  const scale = SCALES_M.find((each) => each >= reach) ?? SCALES_M[SCALES_M.length - 1] ?? 30_000;
  const length = RULER.right - RULER.left;
  const place = (metres: number) => RULER.left + (Math.min(Math.max(metres, 0), scale) / scale) * length;
  const from = place(distance_m - accuracy_m);
  const to = place(distance_m + accuracy_m);
  const ends = Math.max(to, place(distance_m) + 8);
  const roomRight = ends < RULER.left + length * 0.55;
  return {
    scale_m: scale,
    ticks: Array.from({ length: TICKS + 1 }, (_, index) => {
      const metres = (scale / TICKS) * index;
      return { x: round(place(metres)), metres };
    }),
    at: round(place(distance_m)),
    band: { x: round(from - 8), width: round(to - from + 16) },
    words: roomRight ? { x: round(ends + 16), anchor: 'start' } : { x: round(from - 16), anchor: 'end' },
    beyond: distance_m > scale,
  };
}

export const directions = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Direction = (typeof directions)[number];

/** Which of eight winds a bearing points to; 0 is north, clockwise. */
export function directionOf(bearing: number): Direction {
  const turn = ((Math.round(bearing / 45) % 8) + 8) % 8;
  return directions[turn] ?? 'n';
}

/** 14 米 below a kilometre, 1.2 千米 above; in parts, because the unit's word is the catalogue's. */
export function inMetres(metres: number): { unit: 'm' | 'km'; n: string } {
  if (metres < 1000) return { unit: 'm', n: String(Math.round(metres)) };
  return {
    unit: 'km',
    n: metres < 9950 ? (metres / 1000).toFixed(1).replace(/\.0$/, '') : String(Math.round(metres / 1000)),
  };
}
