import { playwright } from '@vitest/browser-playwright';
import { findChromium } from './findChromium.mjs';

/**
 * What Vitest needs to run tests in a real Chromium with a fake microphone; made anew for each project.
 *
 * @param moreArguments command line switches of Chromium that this project alone needs
 * @param contextOptions settings of its tabs
 */
export function chromiumProject(moreArguments: readonly string[] = [], contextOptions: { readonly deviceScaleFactor?: number } = {}) {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: {
        executablePath: findChromium() ?? '/usr/bin/chromium',
        args: [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          '--autoplay-policy=no-user-gesture-required',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          ...moreArguments,
        ],
      },
      contextOptions: { permissions: ['microphone'], ...contextOptions },
    }),
    instances: [{ browser: 'chromium' as const }],
  };
}

/** Found only while a page already runs, these would reload it in the middle of a test. */
export const optimizeDeps = {
  include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'agora-rtc-react'],
};
