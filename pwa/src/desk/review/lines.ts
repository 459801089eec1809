/** A way or an area as the server types it; its last point is its first once more. */
export interface Line {
  readonly points: readonly { readonly lat: string; readonly lon: string }[];
  readonly closed: boolean;
}

/** null for any other answer. */
export function lineOf(raw: unknown): Line | null {
  const line = raw as Partial<Line> | null;
  return typeof line === 'object' && line !== null && Array.isArray(line.points) ? (line as Line) : null;
}
