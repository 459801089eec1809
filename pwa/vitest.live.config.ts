/**
 * `npm run test:live`: the phone's own client against a real server, with nothing between them that a test made up. The
 * county is that of LIANXIN_LIVE_URL if one is given (its demo door must be open), else a demo county that is filled and
 * served for this run alone.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'live',
    environment: 'node',
    include: ['src/**/*live.test.ts'],
    globalSetup: ['build/live-county.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
