/**
 * The words of the phone's first page; those of the others come with them (phone-later). Chinese is in the first bundle;
 * English is fetched whole when it is chosen, because a village's phone should not pay for words that nobody on it reads.
 * All is precached.
 */
import { addWords, type Language, language, setLanguage } from '../words';
import { field } from '../zh/field';
import { ui } from '../zh/ui';

addWords('ui', ui, {});
addWords('field', field, {});

let english: Promise<unknown> | null = null;

function englishHere(): Promise<unknown> {
  english ??= import('./phone-en').catch((cause: unknown) => {
    english = null; // no network before all was on the phone: the next tap tries again
    throw cause;
  });
  return english;
}

/** Speaks this language once its words are here; rejects when they cannot be fetched. */
export async function speak(next: Language): Promise<void> {
  if (next === 'en') await englishHere();
  setLanguage(next);
}

/** Before the first page: the words of the language that was chosen. Without them it is Chinese. */
export async function wordsReady(): Promise<void> {
  if (language() === 'en') await englishHere().catch(() => undefined);
}
