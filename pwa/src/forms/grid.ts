/**
 * A table of choices (`table-list`, or `label` and `list-nolabel` by hand) is drawn as one where it can be read and
 * tapped on a phone: few columns, short words, not at the largest letters. Else each question shows its own choices.
 */
import { textStep } from '../ui';
import { type FormNode, isQuestion, type Question } from './model';
import { widthInEm } from './widgets/widget';

const MOST_COLUMNS = 5;
/** Of a label over two lines in its column, in letters of a caption, by the number of columns on 360 px. */
const FITS_EM = { 18: 38, 22: 31, 30: 0 } as const;

export type InGrid = 'head' | 'row' | null;

/** What this node is among those of its screen; reactive. */
export function inGrid(node: FormNode, nodes: readonly FormNode[]): InGrid {
  if (!isQuestion(node) || (node.kind !== 'one' && node.kind !== 'many')) return null;
  if (node.appearances.has('label')) return fits(node) ? 'head' : null;
  if (!node.appearances.has('list-nolabel')) return null;
  const above = nodes.slice(0, nodes.indexOf(node)).filter(isQuestion);
  const head = above.reverse().find((each) => each.appearances.has('label'));
  return head !== undefined && sameChoices(head, node) && fits(head) ? 'row' : null;
}

/** The line of `label` asks for nothing; where no table is drawn it is not shown at all. */
export function asksNothing(node: FormNode): boolean {
  return isQuestion(node) && node.appearances.has('label');
}

function fits({ options }: Question): boolean {
  const column = FITS_EM[textStep()] / Math.max(1, options.length);
  return options.length <= MOST_COLUMNS && options.every(({ label }) => widthInEm(label) <= column);
}

function sameChoices(a: Question, b: Question): boolean {
  return a.options.length === b.options.length && a.options.every(({ value }, at) => b.options[at]?.value === value);
}
