/**
 * Answers that wait for each other: a calculation or a condition that needs, by way of others, its own result. The
 * engine has no words for it, so they are looked for before it runs. What an expression reads of other rows of its own
 * repeat (`indexed-repeat`, a predicate) is another answer, and no circle.
 */
import type { Expression } from './expressions-of';
import { partsOf } from './xpath-parts';

const DECIDES: ReadonlySet<string> = new Set(['calculate', 'relevant']);

/** Each circle once, as the paths in their order, the first again at the end. */
export function circlesOf(expressions: readonly Expression[], nodes: readonly string[]): string[][] {
  const needs = new Map<string, Set<string>>();
  for (const { about, what, text } of expressions) {
    if (!DECIDES.has(what)) continue;
    const read = readBy(text, about);
    // A group's condition decides over everything in it.
    const decided = what === 'relevant' ? nodes.filter((node) => within(node, about)) : [about];
    for (const node of decided) needs.set(node, new Set([...(needs.get(node) ?? []), ...read]));
  }
  return circles(needs);
}

function circles(needs: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]) => {
    const at = trail.indexOf(node);
    if (at >= 0) {
      found.push([...trail.slice(at), node]);
      return;
    }
    if (done.has(node)) return;
    for (const next of needs.get(node) ?? []) if (needs.has(next)) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of needs.keys()) walk(node, []);
  return found;
}

function readBy(expression: string, about: string): string[] {
  const { calls, paths } = partsOf(expression);
  if (calls.some((call) => call.startsWith('indexed-repeat'))) return [];
  const named = paths.filter((path) => !path.includes('(')).map((path) => absolute(path, about));
  const beside = about.slice(0, about.lastIndexOf('/') + 1);
  return expression.includes('[') ? named.filter((path) => !path.startsWith(beside)) : named;
}

function absolute(path: string, about: string): string {
  const steps = path.startsWith('/') ? [] : about.split('/').filter(Boolean);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `/${steps.join('/')}`;
}

const within = (node: string, path: string) => node === path || node.startsWith(`${path}/`);
