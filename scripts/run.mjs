import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');

/**
 * @typedef {object} RunOptions
 * @property {boolean} [show] Prints the output as it comes, besides keeping it.
 * @property {Readonly<Record<string, string>>} [env]
 * @property {AbortSignal | undefined} [signal]
 *
 * @typedef {object} RunResult
 * @property {number} exitCode 1 when it could not be started or was ended by a signal.
 * @property {string} output stdout and stderr as they came.
 * @property {number} durationMs
 */

/**
 * Runs one tool of this repository (a name in node_modules/.bin, or any program) in its root folder, and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { show = false, env = {}, signal } = {}) {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    let output = '';
    /** @param {number | null} exitCode */
    const finish = (exitCode) => resolve({ exitCode: exitCode ?? 1, output, durationMs: performance.now() - startedAtMs });
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    }
    child.on('error', (error) => {
      output += `${error.message}\n`;
      finish(1);
    });
    child.on('close', finish);
  });
}
