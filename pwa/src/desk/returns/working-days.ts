/** Days on which a volunteer can be expected to mend something: weekends do not count, holidays the reviewer knows. */
const DAY_MS = 86_400_000;

/** The n-th working day after `day` ("2026-11-24"). */
export function inWorkingDays(day: string, n: number): string {
  let moment = Date.parse(`${day}T00:00:00Z`);
  for (let left = n; left > 0; ) {
    moment += DAY_MS;
    const weekday = new Date(moment).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(moment).toISOString().slice(0, 10);
}
