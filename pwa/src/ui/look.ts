/**
 * How it looks to this person: theme and text size, kept in this browser and standing on <html>, where tokens.css reads
 * them. public/first.js sets the same attributes before the first paint; keys and values are the same there.
 */
import { createSignal } from 'solid-js';

export const themes = ['light', 'dark'] as const;
export const textSteps = ['18', '22', '30'] as const;
export type Theme = (typeof themes)[number];
export type TextStep = (typeof textSteps)[number];

function read<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    const kept = localStorage.getItem(key);
    return allowed.find((each) => each === kept) ?? null;
  } catch {
    return null; // storage is closed to us: the choice lasts as long as the page
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // as above
  }
}

const [theme, holdTheme] = createSignal<Theme | null>(read('lx.theme', themes));
const [textStep, holdTextStep] = createSignal<TextStep>(read('lx.text', textSteps) ?? '18');
export { textStep, theme };

/** null: as the system says */
export function setTheme(next: Theme | null): void {
  write('lx.theme', next);
  if (next === null) document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', next);
  holdTheme(next);
}

export function setTextStep(next: TextStep): void {
  write('lx.text', next);
  document.documentElement.setAttribute('data-text', next);
  holdTextStep(next);
}
