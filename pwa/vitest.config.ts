/** Tests run in jsdom with Solid's browser build and the patched engine: the same code that the phone gets. */
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { engineLeak } from './build/engine-leak.ts';

export default defineConfig({
  plugins: [engineLeak(), solid()],
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    setupFiles: ['build/test-setup.ts'],
    server: { deps: { inline: [/@getodk\/xforms-engine/] } },
    maxWorkers: 2,
    testTimeout: 15_000,
  },
});
