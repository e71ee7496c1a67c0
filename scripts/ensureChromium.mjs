import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { findChromium } from './findChromium.mjs';
import { run } from './run.mjs';

/**
 * Finds the Chromium that the browser tests need. On Debian, as root, installs it when it is missing.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env['CHROMIUM_PATH']) {
    throw new Error('CHROMIUM_PATH names no program that can be run. Correct it, or unset it to have Chromium looked for.');
  }
  const aptGet = '/usr/bin/apt-get';
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    console.log('Installing Chromium with apt-get (about a minute) ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; a missing package is what counts.
    await run(aptGet, ['update', '-qq'], { env });
    const { exitCode, output } = await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
    const installed = findChromium();
    if (exitCode === 0 && installed) return installed;
    console.error(output.trim().split('\n').slice(-10).join('\n'));
  }
  throw new Error('The browser tests need Chromium: install the package "chromium" (or Google Chrome), or set CHROMIUM_PATH to its program.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await ensureChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
