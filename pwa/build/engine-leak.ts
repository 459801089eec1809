/**
 * Mends a leak of @getodk/xforms-engine 0.22: every change of a field that a label quotes leaves a computation behind
 * in the form's scope (after 2,000 edits an edit takes 100 ms on a slow phone). The expression is evaluated inside the
 * label's own memo instead, which disposes of it. The build fails when the text is gone, so that an update is looked at.
 */
import type { Plugin } from 'vite';

const LEAKING = 'createComputedExpression(context, chunkExpression)()';
const MENDED =
  'createComputedExpression(Object.create(context, { scope: { value: { runTask: (task) => task() } } }), chunkExpression)()';
const ENGINE = /@getodk[/\\]xforms-engine[/\\]/;

export function mendEngine(code: string): string {
  if (code.split(LEAKING).length !== 2) {
    throw new Error('The form engine no longer has the text that the leak patch replaces: read its source again.');
  }
  return code.replace(LEAKING, () => MENDED);
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
