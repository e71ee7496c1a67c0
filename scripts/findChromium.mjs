import { findProgram } from './findProgram.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The Chromium that tests run in: `CHROMIUM_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findChromium() {
  return findProgram({ variable: 'CHROMIUM_PATH', folder: '/usr/bin', names: NAMES, others: APPLICATIONS });
}
