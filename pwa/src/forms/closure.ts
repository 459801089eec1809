/**
 * Which questions a change of an answer can touch. It is read off the XForm's own expressions: what is relevant,
 * required, allowed, calculated or offered (`choice_filter`) by way of a path, and in turn of whatever depends on that.
 * A question that is not named here stays as it is whatever is answered to the named ones; one that is named too often
 * only opens without need, so what cannot be read exactly (axes, wildcards) counts as everything below it.
 */
import { pathsOf } from './expressions';
import { schemaOf } from './places';

const EXPRESSIONS = ['relevant', 'required', 'constraint', 'calculate', 'readonly'] as const;

interface Rule {
  /** The node that the expression is about; with it all that lies below. */
  readonly about: string;
  readonly expression: string;
}

interface Form {
  readonly nodes: readonly string[];
  /** What a person answers, in the form's order. */
  readonly asked: readonly string[];
  readonly rules: readonly Rule[];
}

/**
 * The given paths and every question that depends on them, in the form's order. A path may name the answer of one row of
 * a repeat (places.ts); what depends on it is named without a row: it is open in all of them.
 */
export function closure(xform: string, paths: readonly string[]): string[] {
  const form = read(xform);
  const touches = uses(form);
  const named = new Set(paths.map(schemaOf));
  const reached = new Set(named);
  const waiting = [...reached];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const each of touches.get(next) ?? []) {
      if (reached.has(each)) continue;
      reached.add(each);
      waiting.push(each);
    }
  }
  const asked = new Map(
    paths.map((path) => [schemaOf(path), paths.filter((each) => schemaOf(each) === schemaOf(path))]),
  );
  return form.asked.filter((each) => reached.has(each)).flatMap((each) => asked.get(each) ?? [each]);
}

/** Node → the nodes whose expressions name it. */
function uses({ nodes, rules }: Form): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  for (const { about, expression } of rules) {
    const touched = nodes.filter((node) => within(node, about));
    for (const path of pathsOf(expression, about)) {
      for (const node of nodes) {
        if (!within(node, path)) continue;
        const known = used.get(node) ?? new Set();
        used.set(node, known);
        for (const each of touched) known.add(each);
      }
    }
  }
  return used;
}

const within = (node: string, path: string) => path === '/' || node === path || node.startsWith(`${path}/`);

function read(xform: string): Form {
  const document = new DOMParser().parseFromString(xform, 'text/xml');
  const all = [...document.getElementsByTagNameNS('*', '*')];
  const rules: Rule[] = [];
  for (const bind of all.filter((each) => each.localName === 'bind')) {
    const about = bind.getAttribute('nodeset') ?? '';
    for (const name of EXPRESSIONS) {
      const expression = bind.getAttribute(name);
      if (expression !== null) rules.push({ about, expression });
    }
  }
  const asked: string[] = [];
  for (const control of all.filter(isControl)) {
    const about = control.getAttribute('ref') ?? '';
    asked.push(about);
    for (const child of control.children) {
      const expression = child.localName === 'itemset' ? child.getAttribute('nodeset') : null;
      if (expression !== null) rules.push({ about, expression });
    }
    for (const set of control.getElementsByTagNameNS('*', 'setvalue')) {
      const target = { about: set.getAttribute('ref') ?? '' };
      rules.push({ ...target, expression: about }, { ...target, expression: set.getAttribute('value') ?? '' });
    }
  }
  const [first] = document.getElementsByTagNameNS('*', 'instance');
  const root = first?.firstElementChild;
  const nodes = root === null || root === undefined ? [] : [...below(root, `/${root.localName}`)];
  const order = new Map(nodes.map((node, index) => [node, index]));
  asked.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { nodes, asked, rules };
}

function isControl({ localName, parentElement }: Element): boolean {
  const form = localName.startsWith('select') || ['input', 'upload', 'trigger', 'range', 'rank'].includes(localName);
  return form && ['body', 'group', 'repeat'].includes(parentElement?.localName ?? '');
}

function* below(element: Element, path: string): Generator<string> {
  yield path;
  for (const { name } of element.attributes) yield `${path}/@${name}`;
  for (const child of element.children) yield* below(child, `${path}/${child.localName}`);
}
