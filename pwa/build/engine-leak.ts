/**
 * Mends two leaks of @getodk/xforms-engine 0.22. The build fails when a text is gone, so that an update is looked at.
 *
 * - Every change of a field that a label quotes leaves a computation behind in the form's scope (after 2,000 edits an
 *   edit takes 100 ms on a slow phone). The expression is evaluated inside the label's own memo instead, which disposes
 *   of it.
 * - Every evaluation of an expression leaves a resolver of namespaces behind in a table that never forgets (5 kB an edit
 *   of a field that 15 labels quote). The table holds it as long as somebody else does.
 */
import type { Plugin } from 'vite';

const LEAKS = [
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
] as const;
const ENGINE = /@getodk[/\\]xforms-engine[/\\]/;

export function mendEngine(code: string): string {
  return LEAKS.reduce((mended, leak) => {
    if (mended.split(leak.text).length !== 2)
      throw new Error('The form engine no longer has the text that the leak patch replaces: read its source again.');
    return mended.replace(leak.text, () => leak.mended);
  }, code);
}

export function engineLeak(): Plugin {
  let mended = false;
  return {
    name: 'lianxin:engine-leak',
    enforce: 'pre',
    transform(code, id) {
      if (!/@getodk[/\\]xforms-engine[/\\]dist[/\\](solid|index)\.js/.test(id)) return null;
      mended = true;
      return { code: mendEngine(code), map: null };
    },
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      if (modules.some((id) => ENGINE.test(id)) && !mended) {
        throw new Error('The form engine is in the bundle without the leak patch: its file has another name now.');
      }
    },
  };
}
