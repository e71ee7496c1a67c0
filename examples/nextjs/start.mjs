// Everything at once, for trying it: the emulator where there is no key, the relay, and Next.js.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const { env } = process;
const isProduction = process.argv.includes('--production');
env.PORT ??= '3000'; // the page
env.RELAY_PORT ??= '8081';
env.APP_ORIGIN ??= `http://localhost:${env.PORT}`;
env.RELAY_URL ??= `ws://localhost:${env.RELAY_PORT}/relay`;
env.VISAVIS_SECRET ??= randomBytes(32).toString('base64');

if (isProduction) {
  const [exitCode] = await once(next('build'), 'exit');
  if (exitCode !== 0) process.exit(1);
}
if (!env.AKOOL_API_KEY) {
  const { startEmulator } = await import('visavis/emulator');
  env.EMULATOR_URL = (await startEmulator()).url;
}
await import('./relay.mjs');

const app = next(isProduction ? 'start' : 'dev');
// All of it ends together. The exit codes are Next.js's own.
app.once('exit', (exitCode) => process.exit(exitCode ?? 0));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => app.kill(signal));

/** @param {'build' | 'dev' | 'start'} command */
function next(command) {
  const bin = fileURLToPath(import.meta.resolve('next/dist/bin/next'));
  return spawn(process.execPath, [bin, command, ...(command === 'build' ? [] : ['--hostname', 'localhost'])], { cwd: import.meta.dirname, stdio: ['ignore', 'inherit', 'inherit'] });
}
