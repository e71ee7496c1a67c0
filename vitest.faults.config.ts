import { defineConfig } from 'vitest/config';
import { workletSource } from './scripts/workletSource.js';

/** Every fault, on the emulator and in one real Chromium after the other. */
export default defineConfig({
  plugins: [workletSource()],
  test: {
    name: 'faults',
    environment: 'node',
    include: ['test/faults/**/*.test.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
