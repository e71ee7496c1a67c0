import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { chromiumProject, optimizeDeps } from './scripts/chromiumProject.js';
import { strictStories } from './scripts/strictStories.js';

/**
 * Every story is a test: it renders under StrictMode, its play function passes, and axe finds nothing.
 * Apart from vitest.config.ts, because the plugin loads all of Storybook even when another project runs.
 */
export default defineConfig({
  plugins: [strictStories(), storybookTest({ configDir: '.storybook' })],
  optimizeDeps,
  test: { name: 'stories', testTimeout: 30_000, browser: chromiumProject() },
});
