import { spawnSync } from 'node:child_process';

/**
 * The Redis that tests start: `REDIS_SERVER_PATH` when it is set, else the `redis-server` that is installed.
 * @returns {string | undefined} a program that can be run
 */
export function findRedis() {
  const program = process.env['REDIS_SERVER_PATH'] || 'redis-server';
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0 ? program : undefined;
}
