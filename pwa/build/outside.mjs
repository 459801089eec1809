/**
 * Bundles one of the modules in `src/sync/testing` into one file, to run where no page of ours runs it: the simulation's
 * phones under Node, the bench's filler inside a page. `node build/outside.mjs <citizen|filler> <file>`.
 */
import { basename, dirname, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const [what = '', file = ''] = process.argv.slice(2);
const entry = resolve(root, 'src/sync/testing', `${what}.ts`);
const output = { entryFileNames: basename(file), codeSplitting: false };
const forNode = { ssr: entry, target: 'node20', rolldownOptions: { output } };
const forPages = { target: 'chrome97', rolldownOptions: { input: entry, output: { ...output, format: 'iife' } } };

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: { outDir: resolve(dirname(file)), emptyOutDir: false, ...(what === 'citizen' ? forNode : forPages) },
});
