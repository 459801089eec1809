/**
 * Ways and areas: their points as XForms writes them, and what can be said of them in metres. The earth is taken as flat
 * round the first point, which is right to a metre over some kilometres.
 */
export interface Spot {
  readonly lat: number;
  readonly lon: number;
  /** Metres; 0 of one that was tapped on the sketch. */
  readonly alt: number;
  readonly accuracy: number;
}

/** Metres to the east and to the north of some point. */
export type Metres = readonly [east: number, north: number];

const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;

export function spotsOf(value: string): Spot[] {
  return value.split(';').flatMap((part) => {
    const [lat, lon, alt = 0, accuracy = 0] = part.trim().split(/\s+/).filter(Boolean).map(Number);
    const reads = lat !== undefined && lon !== undefined && Number.isFinite(lat) && Number.isFinite(lon);
    return reads ? [{ lat, lon, alt, accuracy }] : [];
  });
}

/** The corners of an area: its last point is its first again, which nobody needs to see. */
export function cornersOf(value: string): Spot[] {
  const spots = spotsOf(value);
  const [first] = spots;
  return spots.length > 1 && first !== undefined && same(first, spots.at(-1)) ? spots.slice(0, -1) : spots;
}

/** As the engine writes numbers, so that a text stays the same when it has become an answer. */
export function writtenSpot({ lat, lon, alt, accuracy }: Spot): string {
  const written = (n: number) => (Number.isInteger(n) ? `${n}.0` : String(n));
  const rounded = [Number(lat.toFixed(7)), Number(lon.toFixed(7)), Number(alt.toFixed(1)), Number(accuracy.toFixed(1))];
  return rounded.map(written).join(' ');
}

/** A way that comes back to the very point where it began is one no longer: its end then stands a centimetre beside. */
export function writtenTrace(spots: readonly Spot[]): string {
  const last = spots.at(-1);
  const round = spots.length > 1 && last !== undefined && spots[0] !== undefined && same(spots[0], last);
  const apart = round ? [...spots.slice(0, -1), { ...last, lat: last.lat + 1e-7 }] : spots;
  return apart.map(writtenSpot).join(';');
}

/** Closed as soon as three corners are there. */
export function writtenShape(corners: readonly Spot[]): string {
  const [first] = corners;
  const closed = corners.length < 3 || first === undefined ? corners : [...corners, first];
  return closed.map(writtenSpot).join(';');
}

function same(a: Spot, b: Spot | undefined): boolean {
  return a.lat === b?.lat && a.lon === b.lon;
}

export function metresFrom(origin: Pick<Spot, 'lat' | 'lon'>, spot: Pick<Spot, 'lat' | 'lon'>): Metres {
  const east = (spot.lon - origin.lon) * RAD * EARTH_M * Math.cos(origin.lat * RAD);
  return [east, (spot.lat - origin.lat) * RAD * EARTH_M];
}

export function spotAt(origin: Pick<Spot, 'lat' | 'lon'>, [east, north]: Metres): Spot {
  const lat = origin.lat + north / EARTH_M / RAD;
  const lon = origin.lon + east / (EARTH_M * Math.cos(origin.lat * RAD)) / RAD;
  return { lat, lon, alt: 0, accuracy: 0 };
}

/** Metres along the way; of an area once round it. */
export function lengthOf(spots: readonly Spot[], closed: boolean): number {
  const [first] = spots;
  if (first === undefined) return 0;
  const round = closed ? [...spots, first] : spots;
  const flat = round.map((spot) => metresFrom(first, spot));
  return flat.slice(1).reduce((sum, [x, y], index) => {
    const [fromX, fromY] = flat[index] ?? [x, y];
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}

/** Square metres. */
export function areaOf(corners: readonly Spot[]): number {
  const [first] = corners;
  if (first === undefined) return 0;
  const flat = corners.map((spot) => metresFrom(first, spot));
  const twice = flat.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = flat[(index + 1) % flat.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
