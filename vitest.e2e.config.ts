import { defineConfig } from 'vitest/config';
import { workletSource } from './scripts/workletSource.js';

/** The whole path in one real Chromium after the other. Apart from vitest.config.ts, so that a plain `vitest run` leaves it out. */
export default defineConfig({
  plugins: [workletSource()],
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.test.ts'],
    // Frame timing is what these tests measure: nothing else may run beside them.
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
