import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'worklets', 'scripts/workletSource.ts', 'tsdown.config.ts', 'tsconfig.json', 'package.json'];
/** Each is written by every build. */
const PRODUCTS = ['index.js', 'client.js', 'agora.js', 'server.js', 'emulator.js', 'testing.js', 'cli.js', 'styles.css'].map((name) => `dist/${name}`);

/**
 * Builds the package unless what is in dist is newer than every source.
 * @param {AbortSignal} [signal]
 */
export async function ensureBuild(signal) {
  if (Math.min(...PRODUCTS.map(changedAtMs)) > newestMs(SOURCES)) return;
  console.log('Building the package (a few seconds) ...');
  const { exitCode, output } = await run('tsdown', ['--log-level', 'warn'], { signal });
  if (exitCode === 0) return;
  console.error(output);
  throw new Error('The build failed. Mend what it says above, then try again.');
}

/**
 * Folders count as well: their time changes when a file in them is deleted.
 * @param {readonly string[]} paths
 * @returns {number}
 */
function newestMs(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stats = statSync(join(ROOT, path));
      const inside = stats.isDirectory() ? readdirSync(join(ROOT, path)).map((name) => join(path, name)) : [];
      return Math.max(stats.mtimeMs, inside.length > 0 ? newestMs(inside) : 0);
    }),
  );
}

/** @param {string} path */
function changedAtMs(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureBuild();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
