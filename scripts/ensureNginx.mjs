import { existsSync } from 'node:fs';
import { findNginx } from './findNginx.mjs';
import { run } from './run.mjs';

/**
 * Finds the nginx that the relay is measured against. On Debian, as root, installs it when it is missing; nothing starts it.
 * @returns {Promise<string>} its path
 */
export async function ensureNginx() {
  const found = findNginx();
  if (found) return found;
  if (process.env['NGINX_PATH']) throw new Error('NGINX_PATH names no program that can be run. Correct it, or unset it to have nginx looked for.');
  const aptGet = '/usr/bin/apt-get';
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    // Standard output may be for results alone.
    console.error('Installing nginx with apt-get (a few seconds) ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; a missing package is what counts.
    await run(aptGet, ['update', '-qq'], { env });
    const { exitCode, output } = await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light'], { env });
    const installed = findNginx();
    if (exitCode === 0 && installed) return installed;
    console.error(output.trim().split('\n').slice(-10).join('\n'));
  }
  throw new Error('The relay bench needs nginx: install the package "nginx-light", or set NGINX_PATH to its program.');
}
