/**
 * Bundles one of the modules in `sync/testing` or `field/testing` into one file, to run where no page of ours runs it:
 * the simulation's phones and the transcripts' reader under Node, the bench's filler inside a page.
 * `node build/outside.mjs <citizen|reader|filler> <file>`
 */
import { basename, dirname, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const [what = '', file = ''] = process.argv.slice(2);
const inPage = what === 'filler';
const format = inPage ? 'iife' : 'es'; // what is evaluated inside a page is a script

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: resolve(root, 'src', inPage ? 'field' : 'sync', 'testing', `${what}.ts`),
    target: 'node20',
    outDir: resolve(dirname(file)),
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: basename(file), codeSplitting: false, format } },
  },
});
