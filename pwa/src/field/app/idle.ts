/** Work for a moment in which the phone has nothing else to do. */
const CALM_MS = 1500;

export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, CALM_MS);
}
