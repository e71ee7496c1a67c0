import { once } from 'node:events';
import { createServer } from 'node:http';
import { chromium } from 'playwright';
import { findChromium } from '../findChromium.mjs';
import { launchFirefox } from './launchFirefox.mjs';
import { launchWebKit } from './launchWebKit.mjs';
import { startSoundServer } from './startSoundServer.mjs';

/** What visavis asks a browser for: name, expression, and what happens without it. */
export const FEATURES = /** @type {const} */ ([
  ['Microphone (`getUserMedia`)', 'typeof navigator.mediaDevices?.getUserMedia', '`microphone-unsupported`'],
  ['`AudioWorklet`', 'typeof AudioWorkletNode', '`microphone-unsupported`, `sound-unavailable`'],
  ['`Worker`', 'typeof Worker', 'turn-taking runs on the main thread'],
  ['WebRTC (`RTCPeerConnection`)', 'typeof RTCPeerConnection', 'no picture: `channel-unsupported`; voice alone works'],
  ['Choice of loudspeaker (`setSinkId`)', 'typeof HTMLMediaElement.prototype.setSinkId', 'the system decides; the picker says so'],
  ['`requestVideoFrameCallback`', 'typeof HTMLVideoElement.prototype.requestVideoFrameCallback', 'nobody knows when the first picture was shown; the rest goes by the screen and by counted frames'],
  ['`OffscreenCanvas`', 'typeof OffscreenCanvas', 'pictures are drawn on a canvas of the page'],
  ['`MediaStreamTrackGenerator`', 'typeof MediaStreamTrackGenerator', 'a picture track comes from a captured canvas'],
  ['Screen wake lock', 'typeof navigator.wakeLock?.request', 'the screen may go dark in a long conversation'],
]);

const PROBE = `({ ${FEATURES.map(([name, expression]) => `${JSON.stringify(name)}: ${expression} === 'function'`).join(', ')} })`;

/** @typedef {{ readonly version: string, readonly has: Readonly<Record<string, boolean>> }} EngineFacts */

/**
 * Asks each engine for its version and for what it has.
 * @returns {Promise<Record<'chromium' | 'firefox' | 'webkit', EngineFacts>>}
 */
export async function probeEngines() {
  // Some of it is there on pages that are secure only, as those of this machine are.
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>probe</title>'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const sound = await startSoundServer();
  try {
    return {
      chromium: await probeChromium(url),
      firefox: await probe(await launchFirefox({ soundServer: sound.server }), url),
      webkit: await probe(await launchWebKit({ soundServer: sound.server }), url),
    };
  } finally {
    await sound.stop();
    server.close();
    server.closeAllConnections();
  }
}

/**
 * @param {import('./EngineBrowser.js').EngineBrowser} browser
 * @param {string} url
 * @returns {Promise<EngineFacts>}
 */
async function probe(browser, url) {
  try {
    const page = await browser.open(url);
    const has = await page.evaluate(PROBE);
    await page.close();
    return { version: browser.version, has: /** @type {Record<string, boolean>} */ (has) };
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} url
 * @returns {Promise<EngineFacts>}
 */
async function probeChromium(url) {
  const browser = await chromium.launch({ executablePath: findChromium() ?? '/usr/bin/chromium' });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return { version: browser.version(), has: await page.evaluate(PROBE) };
  } finally {
    await browser.close();
  }
}
