import type { Browser } from 'playwright';
import type { EngineBrowser } from '../../../scripts/engines/EngineBrowser.js';
import { launchFirefox } from '../../../scripts/engines/launchFirefox.mjs';
import { launchWebKit } from '../../../scripts/engines/launchWebKit.mjs';
import { startSoundServer, type SoundServer } from '../../../scripts/engines/startSoundServer.mjs';
import { createEnginePage } from './createEnginePage.js';
import type { OpenBrowserOptions } from './openPage.js';

/** The browser that these tests run in; `npm run test:engines` runs them in each. */
export const ENGINE = process.env['VISAVIS_ENGINE'] ?? 'chromium';

/** The sound server that a browser plays into. Chromium has none here: its loudspeaker is a fake of its own. */
const servers = new WeakMap<Browser, SoundServer>();
export const soundServerOf = (browser: Browser): SoundServer | undefined => servers.get(browser);

/** Another engine in the shape of Playwright's browser, as far as the tests use it. The microphone is a real device of a sound server. */
export async function openEngine({ speechFile, denyMicrophone = false, strictAutoplay = false }: OpenBrowserOptions): Promise<Browser> {
  const launch = ENGINE === 'firefox' ? launchFirefox : launchWebKit;
  const sound = await startSoundServer();
  let browser: EngineBrowser;
  try {
    sound.setSpeech(speechFile ?? null);
    browser = await launch({ soundServer: sound.server, denyMicrophone, strictAutoplay });
  } catch (error) {
    await sound.stop();
    throw error;
  }
  const adapter = {
    // The launchers give a navigation its time.
    newContext: async () => ({ setDefaultNavigationTimeout: () => undefined, newPage: async () => createEnginePage(browser) }),
    async close() {
      await browser.close();
      await sound.stop();
    },
  };
  const engine = adapter as unknown as Browser; // a test that calls anything else of it fails by name
  servers.set(engine, sound);
  return engine;
}
