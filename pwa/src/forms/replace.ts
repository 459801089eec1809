/**
 * Writes an answer over one that is lost by it (a photo), with a way back. The way back goes together with the page that
 * offered it: a form that was closed takes no answers.
 */
import { onCleanup } from 'solid-js';
import { toast } from '../ui';
import type { Filling, Undo } from './filling';

export interface Replace {
  (path: string, text: string, words: string): void;
  /** The way back from what was taken away otherwise (a row). */
  offer(words: string, undo: Undo): void;
}

export function createReplace(filling: () => Filling): Replace {
  let takeAway: (() => void) | undefined;
  onCleanup(() => takeAway?.());
  const offer = (words: string, undo: Undo) => {
    takeAway = toast(words, { undo });
  };
  const replace = (path: string, text: string, words: string) => {
    const before = filling().get(path);
    filling().set(path, text);
    offer(words, () => void filling().set(path, before));
  };
  return Object.assign(replace, { offer });
}
