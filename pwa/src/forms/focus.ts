/** Puts the focus into the box of a question, for the one that stands in the way or that was there before. */
export function focusQuestion(page: HTMLElement, path: string): void {
  const question = [...page.querySelectorAll<HTMLElement>('[data-path]')].find((each) => each.dataset.path === path);
  const box = question?.querySelector<HTMLElement>('input:checked, input, textarea, button') ?? question;
  box?.focus({ preventScroll: true });
  question?.scrollIntoView?.({ block: 'center' });
}
