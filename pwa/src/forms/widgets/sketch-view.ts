/** Which piece of ground the sketch shows. It stands still under the finger, and moves only when a point would lie outside. */
import { type Metres, metresFrom, type Spot, spotAt } from '../spots';

export interface View {
  readonly lat: number;
  readonly lon: number;
  /** Metres from its left to its right edge. */
  readonly width: number;
}

/** Of the drawing, in its own units. */
export const WIDE = 400;
export const HIGH = 300;

const CLOSEST_M = 40;
const FARTHEST_M = 40 * 2 ** 12;
/** The share of the sheet in which points may lie before it moves. */
const INNER = 0.84;

/** The view that shows all of these, or the one before if it still does. */
export function viewOf(spots: readonly Pick<Spot, 'lat' | 'lon'>[], before: View | null): View | null {
  const [first] = spots;
  if (first === undefined) return null;
  if (before !== null && spots.every((spot) => shows(before, spot))) return before;
  const flat = spots.map((spot) => metresFrom(first, spot));
  const [east, west] = [Math.max(...flat.map(([x]) => x)), Math.min(...flat.map(([x]) => x))];
  const [north, south] = [Math.max(...flat.map(([, y]) => y)), Math.min(...flat.map(([, y]) => y))];
  const wanted = Math.max(east - west, ((north - south) * WIDE) / HIGH) / INNER;
  let width = before === null ? CLOSEST_M : Math.max(CLOSEST_M, before.width);
  while (width < wanted && width < FARTHEST_M) width *= 2;
  const { lat, lon } = spotAt(first, [(east + west) / 2, (north + south) / 2]);
  return { lat, lon, width };
}

export function zoomed(view: View, by: 2 | 0.5): View {
  return { ...view, width: Math.min(FARTHEST_M, Math.max(CLOSEST_M / 4, view.width * by)) };
}

function shows(view: View, spot: Pick<Spot, 'lat' | 'lon'>): boolean {
  const [x, y] = placeOf(view, spot);
  return Math.abs(x - WIDE / 2) <= (WIDE / 2) * INNER && Math.abs(y - HIGH / 2) <= (HIGH / 2) * INNER;
}

/** Where on the sheet, from its upper left corner; north is up. */
export function placeOf(view: View, spot: Pick<Spot, 'lat' | 'lon'>): Metres {
  const [east, north] = metresFrom(view, spot);
  return [WIDE / 2 + (east / view.width) * WIDE, HIGH / 2 - (north / view.width) * WIDE];
}

/** What lies there; `x` and `y` as shares of the sheet's sides. */
export function spotUnder(view: View, x: number, y: number): Spot {
  const east = (x - 0.5) * view.width;
  const north = ((0.5 - y) * view.width * HIGH) / WIDE;
  return spotAt(view, [east, north]);
}

/** Metres of one square of the ground: 1, 2 or 5 times a power of ten, about five squares side by side. */
export function squareOf(view: View): number {
  const about = view.width / 5;
  const ten = 10 ** Math.floor(Math.log10(about));
  return [5, 2, 1].map((n) => n * ten).find((m) => m <= about) ?? ten;
}
