/** Calendar days as text ("2026-11-24"): counted in UTC, so that no time zone or summer time can shift them. */

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The last seven days, today last. */
export function lastSeven(today: string): string[] {
  return Array.from({ length: 7 }, (_, index) => addDays(today, index - 6));
}
