/**
 * In how many columns choices stand: as many as the form asks for and as fit. A phone of 360 px has room for two, and only
 * where every label is short, so columns-3 to columns-5, columns-pack and horizontal are two columns or one.
 */
import type { TextStep } from '../../ui';
import { widthInEm } from './widget';

/** How many Chinese letters fit beside the mark in half of 360 px. At the largest text there is one column only. */
const FITS: Readonly<Record<TextStep, number>> = { 18: 5, 22: 4, 30: 0 };
const WANTED = /^(columns(-\d+|-pack)?|horizontal|horizontal-compact)$/;

export interface Around {
  readonly appearances: ReadonlySet<string>;
  readonly text: TextStep;
  /** Nothing else is on the screen: then the cards stand below each other unless the form wants columns. */
  readonly alone: boolean;
  /** It stands in a card: labels side by side have a letter less. */
  readonly narrow: boolean;
}

export function columnsOf(labels: readonly string[], { appearances, text, alone, narrow }: Around): 1 | 2 {
  if (appearances.has('columns-1')) return 1;
  const wanted = !alone || [...appearances].some((each) => WANTED.test(each));
  const room = FITS[text] - (narrow ? 1 : 0);
  return wanted && labels.every((label) => widthInEm(label) <= room) ? 2 : 1;
}
