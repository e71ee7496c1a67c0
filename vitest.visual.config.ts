import { existsSync, rmSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromiumProject, optimizeDeps } from './scripts/chromiumProject.js';
import { strictStories } from './scripts/strictStories.js';
import { workletSource } from './scripts/workletSource.js';
import { emulateMedia } from './test/visual/support/emulateMedia.js';
import { tolerance } from './test/visual/support/tolerance.js';

const renewsPictures = process.argv.some((argument) => argument === '-u' || argument === '--update');
/** Another system draws letters and edges otherwise, so its pictures are others. */
const drawnBy = `${process.platform}-chromium`;
const folder = `test/visual/__screenshots__/${drawnBy}`;
// A run leaves it behind, and the test that there is none would fail in the next.
rmSync(`${folder}/tolerance/never-approved.png`, { force: true });
const compares = { stories: renewsPictures || existsSync(`${folder}/stories`), tolerance: renewsPictures || existsSync(`${folder}/tolerance`) };
if (!compares.stories) {
  console.warn(`There are no pictures by ${drawnBy}, so no story is compared. To make some: npm run test:visual -- -u`);
}

/**
 * Every component story as a picture, compared with the one that is committed. `-u` renews what differs.
 * Apart from vitest.config.ts, since the pictures hold for one browser and one set of fonts.
 */
export default defineConfig({
  plugins: [strictStories(), workletSource(), react()],
  optimizeDeps: {
    include: [...optimizeDeps.include, '@storybook/react-vite', 'storybook/test', 'use-sync-external-store/with-selector', 'use-sync-external-store/shim/with-selector', 'storybook/theming', '@tanstack/react-query'],
  },
  test: {
    name: 'visual',
    include: ['test/visual/**/*.test.tsx'],
    setupFiles: ['test/visual/support/visual.setup.ts'],
    testTimeout: 30_000,
    // What a failed comparison leaves behind: the picture now, and where it differs.
    attachmentsDir: 'test-results/visual',
    provide: { renewsPictures, compares },
    browser: {
      // Three quarters of the size are half of the bytes, and the layout is the same.
      // Glyphs as outlines, without the hinting and sub-pixels that a desktop may ask for.
      ...chromiumProject(['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'], { deviceScaleFactor: 0.75 }),
      viewport: { width: 640, height: 720 },
      commands: { emulateMedia },
      expect: {
        toMatchScreenshot: {
          comparatorOptions: tolerance,
          screenshotOptions: { scale: 'device' },
          resolveScreenshotPath: ({ root, arg, ext }) => `${root}/${folder}/${arg}${ext}`,
        },
      },
    },
  },
});
