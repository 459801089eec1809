/**
 * The draft of a form, in our own format. The instance XML alone forgets every answer that is not relevant just now
 * (she ticks 没见到 by mistake, and everything below is gone after a restart), and it cannot hold 12abc in a number's
 * box. So a draft is the XML, the hidden answers, and the texts that differ from what the engine made of them.
 *
 * The rule: draft(restore(d)) equals d. It is plain JSON; `files` join it with the first photo question.
 */
import { type Instance, isQuestion, type Question, type Repeat, walk } from './model';
import type { FormFile } from './formfile';
import { schemaOf } from './places';
import type { Moved, Valued, ValuedNodes } from './valued';

export type Draft = {
  readonly v: 1;
  readonly xml: string;
  /** Answers, and what was calculated; choices with those that are not offered; of a repeat: how many rows it has. */
  readonly hidden: readonly (readonly [path: string, value: string])[];
  readonly typed: readonly (readonly [path: string, text: string])[];
};

/** What the store gave back, if it is one. */
export function asDraft(value: unknown): Draft | null {
  const draft = value as Partial<Draft> | null;
  const ours = draft?.v === 1 && typeof draft.xml === 'string' && pairs(draft.hidden) && pairs(draft.typed);
  return ours ? (draft as Draft) : null;
}

function pairs(value: unknown): boolean {
  const pair = (each: unknown) => Array.isArray(each) && each.length === 2 && each.every((e) => typeof e === 'string');
  return Array.isArray(value) && value.every(pair);
}

/** The last value of each that was relevant once: the engine shows a blank while it is hidden. */
export class Shadow {
  private readonly answers = new Map<string, string>();

  /** Before each write and each draft: only a write can hide something. */
  remember(nodes: ValuedNodes): void {
    for (const [index, path] of nodes.paths.entries()) {
      const node = nodes.all[index];
      if (node?.relevant === true) this.answers.set(path, heldBy(node));
    }
  }

  keep(path: string, value: string): void {
    this.answers.set(path, value);
  }

  of(question: Question): string {
    return question.relevant ? question.value : (this.answers.get(question.path) ?? '');
  }

  /** After rows have come or gone: the answers go with their questions. */
  move(moved: Moved): void {
    moveKeys(this.answers, moved);
  }

  hidden(nodes: ValuedNodes): Draft['hidden'] {
    return nodes.paths.flatMap((path, index) => {
      const node = nodes.all[index];
      const whole = node === undefined || (node.relevant && heldBy(node) === node.value);
      const value = whole ? undefined : this.answers.get(path);
      return value === undefined ? [] : [[path, value] as const];
    });
  }
}

const heldBy = (node: Valued): string => (node.kind === 'calculated' ? node.value : node.held);

/**
 * The XML that the engine restores: with what is hidden in its place. What it reads there it keeps until that is shown,
 * also what nobody may write to afterwards (a locked answer, what once() has said, the identity of a row).
 */
export function withHidden({ xml, hidden }: Draft, repeats: FormFile['repeats']): string {
  const values = hidden.filter(([path]) => !repeats.has(schemaOf(path)));
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  if (values.length === 0 || document.querySelector('parsererror') !== null) return xml;
  for (const [path, value] of values) {
    const element = elementAt(document.documentElement, path, repeats);
    if (element !== null) element.textContent = value;
  }
  return new XMLSerializer().serializeToString(document);
}

/** Made where there is none; null in a row whose number is an answer: the engine drops it until that says so. */
function elementAt(root: Element, path: string, repeats: FormFile['repeats']): Element | null {
  let element = root;
  let schema = `/${root.localName}`;
  for (const step of path.split('/').slice(2)) {
    const [, name = step, n = '1'] = /^([^[]+)\[(\d+)\]$/.exec(step) ?? [];
    schema += `/${name}`;
    const same = [...element.children].filter((each) => each.localName === name);
    if (same.length < Number(n) && repeats.get(schema) === 'counted') return null;
    while (same.length < Number(n)) {
      const made = root.ownerDocument.createElementNS(root.namespaceURI, name);
      const last = same.at(-1);
      if (last === undefined) element.append(made);
      else last.after(made);
      same.push(made);
    }
    element = same[Number(n) - 1] ?? element;
  }
  return element;
}

/** How many rows the hidden repeats have that she fills row by row: the XML holds none of them. */
export function hiddenRows(instance: Instance): Draft['hidden'] {
  return freeRepeats(instance)
    .filter((repeat) => !repeat.relevant)
    .map((repeat) => [repeat.path, String(repeat.rows.length)] as const);
}

function freeRepeats(instance: Instance): Repeat[] {
  return [...walk(instance.root)].filter((node) => node.kind === 'repeat').filter((repeat) => !repeat.counted);
}

/** Each key that moved, under its new name; null: it is gone. */
export function moveKeys<V>(values: Map<string, V>, moved: Moved): void {
  const taken = [...moved].flatMap(([from, to]) => {
    const value = values.get(from);
    values.delete(from);
    return to === null || value === undefined ? [] : [[to, value] as const];
  });
  for (const [to, value] of taken) values.set(to, value);
}

/**
 * Gives a restored instance back what its XML could not hold. A hidden node keeps what is written to it. Gives what has no
 * place yet: rows whose number is a hidden answer come only when that is shown.
 */
export function unhide(instance: Instance, hidden: Draft['hidden'], shadow: Shadow): Draft['hidden'] {
  giveRows(instance, new Map(hidden));
  const nodes = new Map([...walk(instance.root)].map((each) => [each.path, each]));
  for (const [path, value] of hidden) {
    const node = nodes.get(path);
    if (node === undefined || !(isQuestion(node) || node.kind === 'calculated')) continue;
    const stands = node.relevant && heldBy(node) === value;
    if (isQuestion(node) && !node.locked && !stands) instance.giveBack(node, value);
    shadow.keep(path, value);
  }
  return hidden.filter(([path]) => !nodes.has(path));
}

/** Outer rows first: the inner ones stand in them. */
function giveRows(instance: Instance, hidden: ReadonlyMap<string, string>): void {
  for (let again = true; again; ) {
    again = false;
    for (const repeat of freeRepeats(instance)) {
      const wanted = Number(hidden.get(repeat.path) ?? repeat.rows.length);
      again ||= repeat.rows.length !== wanted;
      while (repeat.rows.length < wanted) instance.add(repeat);
      for (let last = repeat.rows.at(-1); last && repeat.rows.length > wanted; last = repeat.rows.at(-1))
        instance.remove(last);
    }
  }
}
