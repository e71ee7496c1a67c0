import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * A screen that nobody sees, with the next number that is free.
 * @returns {Promise<{ readonly name: string, close(): Promise<void> }>} `name` is for DISPLAY
 */
export function createDisplay() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const ended = new Promise((end) => server.once('close', end));
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb did not start.')));
    const chosen = server.stdio[3];
    if (!chosen || !('readable' in chosen)) throw new Error('Xvfb has no way to tell its number.');
    createInterface(/** @type {import('node:stream').Readable} */ (chosen)).once('line', (number) =>
      resolve({
        name: `:${number}`,
        async close() {
          server.kill();
          await ended;
        },
      }),
    );
  });
}
