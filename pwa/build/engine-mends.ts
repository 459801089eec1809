/**
 * Mends two leaks and two losses of @getodk/xforms-engine 0.22. The build fails when a text is gone, so that an update is
 * looked at.
 *
 * - Every change of a field that a label quotes leaves a computation behind in the form's scope (after 2,000 edits an
 *   edit takes 100 ms on a slow phone). The expression is evaluated inside the label's own memo instead, which disposes
 *   of it.
 * - Every evaluation of an expression leaves a resolver of namespaces behind in a table that never forgets (5 kB an edit
 *   of a field that 15 labels quote). The table holds it as long as somebody else does.
 * - Rows that a number asks for stay while that number is hidden, but not when the draft is opened again: what stood in
 *   them was gone with the next draft. They stay as many as the draft has; a template that was copied into a new outer
 *   row is none of them.
 * - A row that is added within a row, and the first one too when its draft is opened again, begins without the defaults
 *   that the form gives it.
 */
import type { Plugin } from 'vite';

const MENDS = [
  {
    text: 'createComputedExpression(context, chunkExpression)()',
    mended:
      'createComputedExpression(Object.create(context, { scope: { value: { runTask: (task) => task() } } }), chunkExpression)()',
  },
  {
    text: 'const namespaceURIs = new UpsertableMap$1();',
    mended: `const namespaceURIs = {
  known: new WeakMap(),
  clear() {
    this.known = new WeakMap();
  },
  upsert(resolver, produce) {
    if (!this.known.has(resolver)) this.known.set(resolver, produce());
    return this.known.get(resolver);
  },
};`,
  },
  {
    text: 'let currentCount = computeCount();',
    mended: `let currentCount = computeCount();
        if (previousCountComputation === null && !this.isInstanceCreation && Number.isNaN(currentCount))
          currentCount = repeatInstanceNodes.length;`,
  },
  {
    text: 'return instanceNode !== this.template;',
    mended: 'return instanceNode !== this.template && !isExplicitRepeatTemplateElement(instanceNode);',
  },
  {
    text: 'const children = sourceElement.childElements.map(cloneStaticSubtreeStructure);',
    mended: `const children = sourceElement.isLeafElement()
    ? [sourceElement.value]
    : sourceElement.childElements.map(cloneStaticSubtreeStructure);`,
  },
] as const;
const ENGINE = /@getodk[/\\]xforms-engine[/\\]/;

export function mendEngine(code: string): string {
  return MENDS.reduce((mended, mend) => {
    if (mended.split(mend.text).length !== 2)
      throw new Error('The form engine no longer has the text that a mend replaces: read its source again.');
    return mended.replace(mend.text, () => mend.mended);
  }, code);
}

export function engineMends(): Plugin {
  let mended = false;
  return {
    name: 'lianxin:engine-mends',
    enforce: 'pre',
    transform(code, id) {
      if (!/@getodk[/\\]xforms-engine[/\\]dist[/\\](solid|index)\.js/.test(id)) return null;
      mended = true;
      return { code: mendEngine(code), map: null };
    },
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      if (modules.some((id) => ENGINE.test(id)) && !mended) {
        throw new Error('The form engine is in the bundle unmended: its file has another name now.');
      }
    },
  };
}
