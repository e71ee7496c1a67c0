import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromiumProject, optimizeDeps } from './scripts/chromiumProject.js';
import { engineProject } from './scripts/engines/engineProvider.js';
import { workletSource } from './scripts/workletSource.js';

const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

/**
 * The tests that need a browser, in every engine. Apart from vitest.config.ts, since most machines lack what drives the other two:
 * `npm run test:engines` installs it.
 */
export default defineConfig({
  test: {
    projects: ENGINES.flatMap((engine) => [
      {
        plugins: [workletSource(), react()],
        optimizeDeps,
        test: {
          name: `${engine}-browser`,
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/support/emulator.setup.ts'],
          testTimeout: 30_000,
          // Beside two engines that draw and play in software, a machine may be busier than the tests' own patience allows for.
          expect: { poll: { timeout: 10_000 } },
          // A real sound device drops what a busy machine does not take; Chromium's fake one waits.
          retry: engine === 'chromium' ? 0 : 2,
          browser: engine === 'chromium' ? chromiumProject() : engineProject(engine),
        },
      },
      {
        plugins: [workletSource()],
        test: {
          name: `${engine}-live`,
          environment: 'node' as const,
          env: { VISAVIS_ENGINE: engine },
          include: ['test/engines/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          retry: engine === 'chromium' ? 0 : 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ]),
  },
});
