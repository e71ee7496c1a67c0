import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { optimizeDeps } from './scripts/chromiumProject.js';
import { engineProject } from './scripts/engines/engineProvider.js';
import { workletSource } from './scripts/workletSource.js';

const ENGINES = ['firefox', 'webkit'] as const;

/**
 * The tests of vitest.config.ts and vitest.e2e.config.ts that need a browser, in the other engines. Apart from them, since most machines
 * lack what drives these: `npm run test:engines` installs it.
 */
export default defineConfig({
  test: {
    projects: ENGINES.flatMap((engine) => [
      {
        plugins: [workletSource(), react()],
        optimizeDeps,
        test: {
          name: engine,
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/support/emulator.setup.ts'],
          testTimeout: 30_000,
          browser: engineProject(engine),
        },
      },
      {
        plugins: [workletSource()],
        test: {
          name: `${engine}-live`,
          environment: 'node' as const,
          env: { VISAVIS_ENGINE: engine },
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/playground.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ]),
  },
});
