import puppeteer from 'puppeteer-core';
import { findFirefox } from '../findFirefox.mjs';

const PREFERENCES = {
  // A page on this machine meets an emulator on this machine.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.blocking_policy': 0,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** A server that compiles a page when it is asked for may have other things to do. */
const NAVIGATION_LIMIT_MS = 120_000;

/**
 * Starts Firefox without a window.
 * @param {import('./EngineBrowser.js').EngineOptions} options
 * @returns {Promise<import('./EngineBrowser.js').EngineBrowser>}
 */
export async function launchFirefox({ soundServer, denyMicrophone = false, strictAutoplay = false }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox() ?? 'firefox-esr',
    headless: true,
    env: { ...process.env, PULSE_SERVER: soundServer },
    defaultViewport: { width: 1280, height: 800 },
    protocolTimeout: 0,
    extraPrefsFirefox: {
      ...PREFERENCES,
      'media.autoplay.default': strictAutoplay ? 1 : 0,
      // 0 would ask; there is nobody to answer.
      'permissions.default.microphone': denyMicrophone ? 2 : 1,
    },
  });
  return {
    name: 'firefox',
    version: (await browser.version()).replace(/^firefox\//i, ''),
    async open(url, { onProblem, onTraffic } = {}) {
      const page = await browser.newPage();
      page.on('pageerror', (error) => onProblem?.(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') onProblem?.(message.text());
      });
      if (onTraffic) {
        page.on('response', (response) => {
          onTraffic(JSON.stringify(response.headers()));
          response.text().then(onTraffic, () => undefined); // a response without a body
        });
      }
      await page.goto(url, { waitUntil: 'domcontentloaded', timeout: NAVIGATION_LIMIT_MS });
      return {
        evaluate: (source) => page.evaluate(source),
        press: (x, y) => page.mouse.click(x, y),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
