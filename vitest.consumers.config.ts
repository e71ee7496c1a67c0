import { defineConfig } from 'vitest/config';

/**
 * The packed package in applications of every kind. Apart from vitest.config.ts, because each file installs a few hundred megabytes.
 */
export default defineConfig({
  test: {
    name: 'consumers',
    environment: 'node',
    include: ['test/consumers/**/*.test.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    // Installs and builds for production: minutes where a machine is busy.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
