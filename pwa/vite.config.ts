/**
 * One build, five pages: the field app (index.html), the desk (desk.html), a form tried out in a frame of the desk
 * (preview.html), the way out for browsers that cannot (start.html), and phone and desk side by side for a first look
 * (demo.html).
 * Only the field app is precached by the service worker; the form engine is its own chunk because it is larger than all the rest.
 */
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { engineMends } from './build/engine-mends.ts';
import { iconSprite } from './build/icon-sprite.ts';
import { notices } from './build/notices.ts';
import { precompress } from './build/precompress.ts';
import { publishing } from './build/publishing.ts';
import { serviceWorker } from './build/service-worker.ts';
import { shellBudget } from './build/shell-budget.ts';

const root = import.meta.dirname;

export default defineConfig({
  root,
  plugins: [
    engineMends(),
    solid(),
    iconSprite(root),
    notices(root),
    serviceWorker(root),
    precompress(),
    shellBudget(),
    publishing(root),
  ],
  optimizeDeps: { exclude: ['@getodk/xforms-engine'] },
  server: { proxy: { '/api': 'http://localhost:8000' } },
  build: {
    target: ['chrome97', 'safari16.4', 'firefox115'],
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: ['index', 'desk', 'preview', 'start', 'demo'].map((page) => resolve(root, `${page}.html`)),
    },
  },
});
