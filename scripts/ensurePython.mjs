import { existsSync } from 'node:fs';
import { findPython } from './findPython.mjs';
import { run } from './run.mjs';

/**
 * Finds the Python 3 that the foreign clients of the conformance tests need. On Debian, as root, installs it when it is missing.
 * @returns {Promise<string>} its path
 */
export async function ensurePython() {
  const found = findPython();
  if (found) return found;
  if (process.env['PYTHON_PATH']) {
    throw new Error('PYTHON_PATH names no program that can be run. Correct it, or unset it to have Python looked for.');
  }
  const aptGet = '/usr/bin/apt-get';
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    console.log('Installing Python with apt-get (a few seconds) ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; a missing package is what counts.
    await run(aptGet, ['update', '-qq'], { env });
    const { exitCode, output } = await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'python3'], { env });
    const installed = findPython();
    if (exitCode === 0 && installed) return installed;
    console.error(output.trim().split('\n').slice(-10).join('\n'));
  }
  throw new Error('The conformance tests need Python 3: install the package "python3", or set PYTHON_PATH to its program.');
}
