/**
 * Runs a form for real, as a phone will: loaded, begun, one row added to every list of rows. Then every expression of it
 * is evaluated at its own node in a copy without expressions (`bonesOf`), whether or not the form would have come to it
 * by now: each as a whole, each call in it, each path in it. What comes back says what went wrong and where, in the
 * XForm's terms; the server knows sheet, row and column, and has the words.
 */
import { everyNode, type Files, type TriedNode, tryCreate, tryLoad } from '../xform-evaluate';
import { circlesOf } from './circles';
import { bonesOf, elementsOf, type Expression, expressionsOf, type What } from './expressions-of';
import { partsOf } from './xpath-parts';

export interface Asked {
  readonly xform: string;
  readonly files: Files;
}

export interface Trouble {
  /**
   * load, create, rows: that step failed. expression, call: it cannot be computed. path: it leads nowhere. circle: answers
   * wait for each other.
   */
  readonly kind: 'load' | 'create' | 'rows' | 'expression' | 'call' | 'path' | 'circle';
  /** What the engine says, the path that leads nowhere, or the circle's paths. */
  readonly says: string;
  readonly about?: string;
  readonly what?: What;
  readonly language?: string;
}

export interface Report {
  readonly trouble: readonly Trouble[];
  readonly loadMs: number;
  readonly createMs: number;
}

export async function examine({ xform, files }: Asked): Promise<Report> {
  const document = new DOMParser().parseFromString(xform, 'text/xml');
  const expressions = expressionsOf(document);
  const took = { loadMs: 0, createMs: 0 };
  const ran: Trouble[] = [];
  let began = performance.now();
  const step = async <T>(kind: 'load' | 'create' | 'rows', work: () => Promise<T> | T): Promise<T | null> => {
    began = performance.now();
    try {
      return await work();
    } catch (cause) {
      ran.push({ kind, says: wordsOf(cause) });
      return null;
    }
  };
  const form = await step('load', () => tryLoad(xform, files));
  took.loadMs = performance.now() - began;
  if (form !== null) {
    const root = await step('create', () => tryCreate(form));
    took.createMs = performance.now() - began;
    if (root !== null) await step('rows', () => addRows(root));
  }
  const named = [...circles(document, expressions), ...(await evaluated(document, files, expressions))];
  // What the steps say without a place is left out where a place is known.
  const steps = named.some(({ kind }) => kind !== 'path') ? ran.filter(({ kind }) => kind === 'load') : ran;
  return { trouble: [...steps, ...named], ...took };
}

/** One more in every list of rows that takes them, the inner ones too. */
function addRows(root: TriedNode): void {
  for (const node of [...everyNode(root)]) {
    if (node.nodeType !== 'repeat-range:uncontrolled') continue;
    node.addInstances?.();
    for (const row of node.currentState.children ?? []) addRows(row);
  }
}

function circles(document: Document, expressions: readonly Expression[]): Trouble[] {
  return circlesOf(expressions, pathsBelow(primaryRoot(document))).map((circle) => {
    const about = circle[0] ?? '';
    const what = expressions.find((each) => each.about === about && each.what === 'calculate')?.what ?? 'relevant';
    return { kind: 'circle', says: circle.join(' '), about, what };
  });
}

async function evaluated(document: Document, files: Files, expressions: readonly Expression[]): Promise<Trouble[]> {
  let root: TriedNode;
  try {
    root = tryCreate(await tryLoad(new XMLSerializer().serializeToString(bonesOf(document)), files));
    addRows(root);
  } catch {
    return []; // a list that cannot be read, or nodes that make no form: the load has said so
  }
  const nodes = new Map<string, TriedNode>();
  for (const node of everyNode(root)) {
    for (const each of [node, ...(node.getAttributes?.() ?? [])]) {
      const path = each.currentState.reference.replace(/\[[^\]]*\]/g, '');
      // Of a list of rows the row, where its expressions are evaluated; a later row is as good as the first.
      if (!nodes.has(path) || each.nodeType === 'repeat-instance') nodes.set(path, each);
    }
  }
  return expressions.flatMap((each) => {
    const node = nodes.get(each.about) ?? root;
    return [...wholeOf(each, node), ...callsOf(each, node), ...pathsOf(each, node)].slice(0, 1);
  });
}

/** The copy has no lists to choose from: whether the question has choices is seen where the form itself is begun. */
const NO_CHOICES = /^Evaluating 'jr:choice-name' on element '.*' which has no possible choices/;

function wholeOf({ text, ...where }: Expression, { evaluator, contextNode }: TriedNode): Trouble[] {
  try {
    if (where.what === 'choices') evaluator.evaluateNodes(text, { contextNode });
    else evaluator.evaluateString(text, { contextNode });
    return [];
  } catch (cause) {
    const says = wordsOf(cause);
    return NO_CHOICES.test(says) ? [] : [{ kind: 'expression', says, ...where }];
  }
}

/** Of a part alone only what is wrong wherever it stands: it is evaluated at another node than inside a predicate. */
const WRONG_ANYWHERE = /^Function '.*' is not defined|^Unknown function|^Argument \d+ not allowed|^Invalid argument/;

function callsOf({ text, ...where }: Expression, { evaluator, contextNode }: TriedNode): Trouble[] {
  return partsOf(text).calls.flatMap((call) => {
    try {
      evaluator.evaluateString(call, { contextNode });
      return [];
    } catch (cause) {
      const says = wordsOf(cause);
      return WRONG_ANYWHERE.test(says) ? [{ kind: 'call' as const, says: `${call}: ${says}`, ...where }] : [];
    }
  });
}

function pathsOf({ text, ...where }: Expression, { evaluator, contextNode }: TriedNode): Trouble[] {
  return partsOf(text).paths.flatMap((path) => {
    try {
      const found = evaluator.evaluateNodes(path, { contextNode });
      return found.length > 0 ? [] : [{ kind: 'path' as const, says: path, ...where }];
    } catch {
      return []; // no path after all: the whole expression was computed
    }
  });
}

function primaryRoot(document: Document): Element | null {
  return elementsOf(document).find(({ localName }) => localName === 'instance')?.firstElementChild ?? null;
}

function pathsBelow(element: Element | null, above = ''): string[] {
  const found: string[] = [];
  for (let each = element; each !== null; each = above === '' ? null : each.nextElementSibling) {
    const path = `${above}/${each.nodeName}`;
    found.push(path, ...pathsBelow(each.firstElementChild, path));
  }
  return found;
}

function wordsOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(wordsOf).join('; ') || cause.message;
  return cause instanceof Error ? cause.message || cause.constructor.name : String(cause);
}
