import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProvider } from 'vitest/node';
import type { EngineBrowser } from './EngineBrowser.js';
import { launchFirefox } from './launchFirefox.mjs';
import { launchWebKit } from './launchWebKit.mjs';
import { startSoundServer } from './startSoundServer.mjs';

const LAUNCHERS = { firefox: launchFirefox, webkit: launchWebKit };

/** What Vitest needs to run its browser tests in an engine that none of its own providers can drive from Debian's packages. */
export function engineProject(engine: EngineBrowser['name']) {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: defineBrowserProvider({ name: 'engines', options: {}, supportedBrowser: [engine], providerFactory: () => createProvider(engine) }),
    instances: [{ browser: engine }],
  };
}

function createProvider(engine: EngineBrowser['name']): BrowserProvider {
  let running: Promise<{ readonly browser: EngineBrowser; stop(): Promise<void> }> | null = null;

  async function launch() {
    const sound = await startSoundServer();
    try {
      const browser = await LAUNCHERS[engine]({ soundServer: sound.server });
      return {
        browser,
        async stop() {
          await browser.close();
          await sound.stop();
        },
      };
    } catch (error) {
      await sound.stop();
      throw error;
    }
  }

  return {
    name: 'engines',
    // Two pages of one engine would share one microphone and one processor.
    supportsParallelism: false,
    getCommandsContext: () => ({}),
    async openPage(_sessionId, url) {
      running ??= launch();
      const { browser } = await running;
      await browser.open(url, { onProblem: (text) => console.error(`[${engine}] ${text}`) });
    },
    async close() {
      const stopping = running;
      running = null;
      await (await stopping?.catch(() => null))?.stop();
    },
  };
}
