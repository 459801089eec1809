/**
 * How old a person is, from the month of birth ("1944-05", or a whole date of which the day is ignored: the form asks
 * for the month only). In the month of birth the birthday counts as had: nobody minds being called a year older.
 */
export function ageOf(birthMonth: string | undefined, today: string): number | null {
  const born = /^(\d{4})-(\d{2})(?:-\d{2})?$/.exec(birthMonth ?? '');
  if (born === null) return null;
  const years = Number(today.slice(0, 4)) - Number(born[1]) - (today.slice(5, 7) < (born[2] ?? '') ? 1 : 0);
  return years >= 0 && years <= 130 ? years : null;
}
