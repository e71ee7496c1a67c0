import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromiumProject, optimizeDeps } from './scripts/chromiumProject.js';
import { workletSource } from './scripts/workletSource.js';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [workletSource()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{unit,conformance,server,attack,emulator,scripts,model,fuzz}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [workletSource(), react()],
        test: { name: 'react', environment: 'happy-dom', include: ['test/react/**/*.test.{ts,tsx}'] },
      },
      {
        plugins: [workletSource(), react()],
        optimizeDeps,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/support/emulator.setup.ts'],
          testTimeout: 30_000,
          browser: chromiumProject(),
        },
      },
      {
        // Packs the tarball and installs it as an application would.
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
