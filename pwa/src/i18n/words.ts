/**
 * Which language is spoken, and the text for a key. Chinese comes first: it is the language when nothing was chosen,
 * and a key is answered in Chinese rather than not at all. The choice is kept in this browser and stands on <html lang>.
 */
import { createSignal } from 'solid-js';
import type { Area, Key, Params, Text } from './catalogues';

export type Language = 'zh' | 'en';
export type Both = { readonly zh: string; readonly en: string };

const KEPT = 'lx.language';
const LANG = { zh: 'zh-CN', en: 'en' } as const;
const loaded: Record<Language, Map<string, Text>> = { zh: new Map(), en: new Map() };

const [spoken, setSpoken] = createSignal<Language>(kept() ?? 'zh');

function kept(): Language | null {
  try {
    const chosen = localStorage.getItem(KEPT);
    return chosen === 'zh' || chosen === 'en' ? chosen : null;
  } catch {
    return null; // storage is closed to us: the page works, the choice lasts as long as the page
  }
}

/** Has somebody chosen a language in this browser? Until then a person's own language may be set for her. */
export const languageChosen = (): boolean => kept() !== null;

export const language: () => Language = spoken;

export function setLanguage(next: Language): void {
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // as above
  }
  speak(next);
}

/** For as long as this page lasts: nobody has chosen. */
export function speak(next: Language): void {
  document.documentElement.lang = LANG[next];
  setSpoken(next);
}

export function addWords(area: Area, zh: Readonly<Record<string, Text>>, en: Readonly<Record<string, Text>>): void {
  for (const [key, text] of Object.entries(zh)) loaded.zh.set(`${area}.${key}`, text);
  for (const [key, text] of Object.entries(en)) loaded.en.set(`${area}.${key}`, text);
  document.documentElement.lang = LANG[spoken()];
}

const NO_PARAMS: Readonly<Record<string, string | number>> = {};

/** The text of a key in the language that is spoken now; reactive. */
export function t<K extends Key>(key: K, ...[params]: Params<K>): string {
  return fill(loaded[spoken()].get(key) ?? loaded.zh.get(key) ?? key, params ?? NO_PARAMS);
}

/** One of two forms by number; Chinese has one form. */
export function plural(n: number, forms: { one: string; other: string }): string {
  return spoken() === 'en' && n === 1 ? forms.one : forms.other;
}

/** What the server sends in both languages, in the one that is spoken. */
export function inWords(both: Both | null | undefined): string {
  if (both === null || both === undefined) return '';
  return spoken() === 'en' && both.en !== '' ? both.en : both.zh;
}

function fill(text: Text, params: Readonly<Record<string, string | number>>): string {
  const plain = typeof text === 'string' ? text : plural(Number(params.n), text);
  return plain.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
