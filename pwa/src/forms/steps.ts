/**
 * What stands on one screen. Question by question: each question its own screen, a field-list all of its own on one;
 * a note stands above the question that follows it, because it is read before that one is answered. One page: all.
 *
 * `told` are the questions that were answered before the form was opened: shown in a line, not asked.
 */
import { type FormNode, type Group, isQuestion } from './model';

export interface Step {
  /** The path of the question or group: stays the same while questions before it come and go. */
  readonly key: string;
  /** Whose label heads the screen. */
  readonly group: Group | null;
  readonly nodes: readonly FormNode[];
}

type Told = ReadonlySet<string>;

export function onePage(root: Group, told: Told): Step {
  return { key: root.path, group: null, nodes: flat(root, told) };
}

export function questionByQuestion(root: Group, told: Told): Step[] {
  const steps: Step[] = [];
  let notes: FormNode[] = [];
  const put = (key: string, group: Group | null, nodes: readonly FormNode[]) => {
    steps.push({ key, group, nodes: [...notes, ...nodes] });
    notes = [];
  };
  const visit = (group: Group) => {
    for (const node of group.children) {
      if (!asked(node, told)) continue;
      if (node.kind === 'note') notes.push(node);
      else if (node.kind !== 'group') put(node.path, group === root ? null : group, [node]);
      else if (node.page) put(node.path, node, flat(node, told));
      else visit(node);
    }
  };
  visit(root);
  const [last] = notes;
  if (last !== undefined) put(last.path, null, []);
  return steps;
}

/** The nodes of a group in order, inner groups as headings before theirs. */
function flat(group: Group, told: Told): FormNode[] {
  return group.children
    .filter((node) => asked(node, told))
    .flatMap((node) => (node.kind === 'group' ? [node, ...flat(node, told)] : [node]));
}

function asked(node: FormNode, told: Told): boolean {
  if (!node.relevant || node.kind === 'calculated') return false;
  if (node.kind === 'group') return node.children.some((child) => asked(child, told));
  return isQuestion(node) ? !told.has(node.path) : true;
}
