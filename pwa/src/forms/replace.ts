/**
 * Writes an answer over one that is lost by it (a photo), with a way back. The way back goes together with the page that
 * offered it: a form that was closed takes no answers.
 */
import { onCleanup } from 'solid-js';
import { toast } from '../ui';
import type { Filling } from './filling';

export type Replace = (path: string, text: string, words: string) => void;

export function createReplace(filling: () => Filling): Replace {
  let takeAway: (() => void) | undefined;
  onCleanup(() => takeAway?.());
  return (path, text, words) => {
    const before = filling().get(path);
    filling().set(path, text);
    takeAway = toast(words, { undo: () => filling().set(path, before) });
  };
}
