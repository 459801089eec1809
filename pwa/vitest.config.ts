/**
 * Tests of pages run in jsdom with Solid's browser build and the patched engine: the same code that the phone gets. Store
 * and sync need no page, and run under Node as they do in the simulation. What needs a running server is `npm run
 * test:live`, of vitest.live.config.ts.
 */
import solid from 'vite-plugin-solid';
import { configDefaults, defineConfig } from 'vitest/config';
import { engineMends } from './build/engine-mends';

const phone = ['src/{store,sync}/**/*.test.ts'];
const live = ['src/**/*live.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 15_000,
    projects: [
      {
        extends: true,
        plugins: [engineMends(), solid()],
        test: {
          name: 'pages',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...phone, ...live],
          setupFiles: ['build/test-setup.ts'],
          server: { deps: { inline: [/@getodk\/xforms-engine/] } },
        },
      },
      {
        extends: true,
        test: { name: 'phone', environment: 'node', include: phone, exclude: [...configDefaults.exclude, ...live] },
      },
    ],
  },
});
