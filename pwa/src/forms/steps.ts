/**
 * What stands on one screen. Question by question: each question its own screen, a field-list all of its own on one;
 * a note stands above the question that follows it, because it is read before that one is answered. One page: all.
 *
 * A repeat's rows come one after the other, each like a group; the screen after them lists the rows that she may add and
 * take away. Rows whose number is another answer need no such screen.
 *
 * `told` are the questions that were answered before the form was opened: shown in a line, not asked.
 */
import { asksNothing } from './grid';
import { type FormNode, type Group, isQuestion, type Repeat, type Row } from './model';

export interface Step {
  /** The path of the question or group: stays the same while questions before it come and go. */
  readonly key: string;
  /** Whose label heads the screen. */
  readonly group: Group | Row | null;
  readonly nodes: readonly FormNode[];
}

type Told = ReadonlySet<string>;
type Holder = Group | Row;

export function onePage(root: Group, told: Told): Step {
  return { key: root.path, group: null, nodes: flat(root, told) };
}

export function questionByQuestion(root: Group, told: Told): Step[] {
  const steps: Step[] = [];
  let notes: FormNode[] = [];
  const put = (key: string, group: Holder | null, nodes: readonly FormNode[]) => {
    steps.push({ key, group, nodes: [...notes, ...nodes] });
    notes = [];
  };
  const open = (holder: Holder) => {
    if (holder.page) put(holder.path, holder, flat(holder, told));
    else visit(holder);
  };
  const visit = (holder: Holder) => {
    for (const node of holder.children) {
      if (!asked(node, told) || asksNothing(node)) continue;
      if (node.kind === 'note') notes.push(node);
      else if (node.kind === 'group') open(node);
      else if (node.kind === 'repeat') {
        for (const row of node.rows) if (asked(row, told)) open(row);
        if (!node.counted) put(node.path, holder === root ? null : holder, [node]);
      } else put(node.path, holder === root ? null : holder, [node]);
    }
  };
  visit(root);
  const [last] = notes;
  if (last !== undefined) put(last.path, null, []);
  return steps;
}

/** The nodes of a group in order, inner groups and rows as headings before theirs, a repeat after its rows. */
function flat(holder: Holder, told: Told): FormNode[] {
  return holder.children
    .filter((node) => asked(node, told))
    .flatMap((node) => {
      if (node.kind === 'group') return [node, ...flat(node, told)];
      return node.kind === 'repeat' ? rowsOf(node, told) : [node];
    });
}

function rowsOf(repeat: Repeat, told: Told): FormNode[] {
  const rows = repeat.rows.filter((row) => asked(row, told)).flatMap((row) => [row, ...flat(row, told)]);
  return repeat.counted ? rows : [...rows, repeat];
}

function asked(node: FormNode, told: Told): boolean {
  if (!node.relevant || node.kind === 'calculated') return false;
  if (node.kind === 'group' || node.kind === 'row') return node.children.some((child) => asked(child, told));
  if (node.kind === 'repeat') return !node.counted || node.rows.some((row) => asked(row, told));
  return isQuestion(node) ? !told.has(node.path) : true;
}
