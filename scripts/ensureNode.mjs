import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
const PLATFORM = process.platform === 'win32' ? 'win' : process.platform;

/**
 * One exact version of Node, from npm's packages of its binaries. It is kept in node_modules/.cache; nothing of the package is run to
 * install it.
 * @param {string} version such as 22.23.3
 * @returns {Promise<string>} the program
 */
export async function ensureNode(version) {
  const name = `node-${PLATFORM}-${process.arch}`;
  const folder = join(CACHE, `node-${version}`);
  const program = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  console.error(`Installing Node ${version} into node_modules/.cache (about 100 MB) ...`);
  await mkdir(CACHE, { recursive: true });
  // Beside its place: what is interrupted half-way must not be taken for a program later.
  const unfinished = await mkdtemp(join(CACHE, 'unfinished-'));
  try {
    await writeFile(join(unfinished, 'package.json'), JSON.stringify({ private: true }));
    const { exitCode, output } = await run('npm', ['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error', `${name}@${version}`]);
    if (exitCode !== 0) throw new Error(`Node ${version} could not be installed from the package ${name}:\n${output.trim()}`);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return program;
}
