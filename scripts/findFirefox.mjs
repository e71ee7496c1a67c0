import { findProgram } from './findProgram.mjs';

/**
 * The Firefox that tests run in: `FIREFOX_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findFirefox() {
  return findProgram({
    variable: 'FIREFOX_PATH',
    folder: '/usr/bin',
    names: ['firefox-esr', 'firefox'],
    others: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  });
}
