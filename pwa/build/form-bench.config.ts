/** The pages of `lianxin bench form`, built as the app is: `vite build --config build/form-bench.config.ts --outDir <folder>`. */
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { engineMends } from './engine-mends.ts';

const root = resolve(import.meta.dirname, '..');
const pages = ['form-bench.html', 'lone-box.html'];

export default defineConfig({
  root,
  plugins: [engineMends(), solid()],
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: ['chrome97', 'safari16.4', 'firefox115'],
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: pages.map((page) => resolve(root, 'src/field/visit/testing', page)) },
  },
});
