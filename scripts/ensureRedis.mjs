import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { findRedis } from './findRedis.mjs';
import { run } from './run.mjs';

/**
 * Finds the Redis that the tests of several instances need. On Debian, as root, installs it when it is missing.
 * @returns {Promise<string>} the program
 */
export async function ensureRedis() {
  const found = findRedis();
  if (found) return found;
  if (process.env['REDIS_SERVER_PATH']) {
    throw new Error('REDIS_SERVER_PATH names no program that can be run. Correct it, or unset it to have Redis looked for.');
  }
  const aptGet = '/usr/bin/apt-get';
  if (process.getuid?.() === 0 && existsSync(aptGet)) {
    console.log('Installing Redis with apt-get (a few seconds) ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; a missing package is what counts.
    await run(aptGet, ['update', '-qq'], { env });
    const { exitCode, output } = await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env });
    const installed = findRedis();
    if (exitCode === 0 && installed) return installed;
    console.error(output.trim().split('\n').slice(-10).join('\n'));
  }
  throw new Error('The tests of several instances need Redis: install the package "redis-server", or set REDIS_SERVER_PATH to its program.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await ensureRedis());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
