import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

/** Where they lie: beside nothing of ours, and gone with node_modules. */
export const PEERS_FOLDER = fileURLToPath(new URL('../node_modules/.cache/visavis-peers', import.meta.url));

/** What visavis is measured beside, at versions that a result can be repeated with. */
export const PEERS = /** @type {const} */ ({
  '@heygen/liveavatar-web-sdk': '0.0.18',
  '@heygen/streaming-avatar': '2.1.0',
  '@elevenlabs/react': '1.15.2',
  '@livekit/components-react': '3.0.0',
  'livekit-client': '2.23.0',
  '@anam-ai/js-sdk': '4.27.0',
  '@pipecat-ai/client-react': '1.8.2',
  '@pipecat-ai/client-js': '1.13.1',
  '@pipecat-ai/small-webrtc-transport': '1.10.8',
});

/**
 * Installs the packages that visavis is measured beside, once. They are no development dependencies: a contributor who measures nothing
 * does without them. Their scripts are not run.
 * @returns {Promise<string>} the folder whose node_modules has them
 */
export async function ensurePeers() {
  const manifest = `${JSON.stringify({ private: true, dependencies: PEERS }, null, 2)}\n`;
  const done = join(PEERS_FOLDER, 'installed.json');
  if ((await readFile(done, 'utf8').catch(() => '')) === manifest) return PEERS_FOLDER;
  // Standard output may be for results alone.
  console.error('Installing the packages to measure beside (a minute) ...');
  await mkdir(PEERS_FOLDER, { recursive: true });
  await writeFile(join(PEERS_FOLDER, 'package.json'), manifest);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error'];
  const { exitCode, output } = await run('npm', ['install', '--prefix', PEERS_FOLDER, ...flags]);
  if (exitCode !== 0) throw new Error(`The packages to measure beside could not be installed:\n${output.trim().split('\n').slice(-10).join('\n')}`);
  await writeFile(done, manifest);
  return PEERS_FOLDER;
}
