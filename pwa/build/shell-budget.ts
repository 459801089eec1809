/**
 * Weighs what a phone must fetch before it shows anything: the page, its styles and every chunk of the first screen,
 * as brotli; later pages and the form engine come behind it. The build fails over the budget, because nobody notices a
 * kilobyte a week.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { reachable } from './service-worker.ts';

const BUDGET_BYTES = 60_000;

export function shellBudget(): Plugin {
  let folder = '';
  let shell: string[] = [];
  return {
    name: 'lianxin:shell-budget',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    generateBundle(_options, bundle) {
      shell = ['index.html', 'first.js', ...reachable(bundle, 'index.html', true)];
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const weigh = (name: string) => {
          const path = resolve(folder, name);
          return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
        };
        const bytes = shell.reduce((sum, name) => sum + weigh(name), 0);
        const words = `field shell: ${bytes} bytes brotli, budget ${BUDGET_BYTES}`;
        if (bytes > BUDGET_BYTES) throw new Error(words);
        this.info(words);
      },
    },
  };
}
