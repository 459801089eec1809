/** How far a clock was off, in the unit that one would say: seconds below two minutes, hours from two hours on. */
export function offBy(offset_ms: number): { unit: 'seconds' | 'minutes' | 'hours'; n: number } {
  const seconds = Math.round(Math.abs(offset_ms) / 1000);
  if (seconds < 120) return { unit: 'seconds', n: seconds };
  return seconds < 7200
    ? { unit: 'minutes', n: Math.round(seconds / 60) }
    : { unit: 'hours', n: Math.round(seconds / 3600) };
}
