import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What an application has anyway, and the SDK of the room, which loads when a session joins one. */
const EXTERNAL = ['react', 'react/*', 'react-dom', 'react-dom/*', '@tanstack/react-query', 'agora-rtc-react'];

/**
 * @typedef {object} BundledUse
 * @property {readonly string[]} first files that load before the first line of the application runs
 * @property {readonly string[]} all files that can ever load
 */

/**
 * Bundles a few lines of an application as its own bundler would: minified, what is not used left out, what is imported lazily apart.
 * @param {string} name of a folder for the files
 * @param {string} code may import visavis by its own name
 * @param {string} [resolveDir] where what it imports is looked for
 * @returns {Promise<BundledUse>}
 */
export async function bundleUse(name, code, resolveDir = ROOT) {
  const folder = join(ROOT, 'node_modules/.cache/visavis-size', name.replaceAll(/[^\w-]+/g, '-'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    stdin: { contents: code, resolveDir, sourcefile: 'use.js' },
    entryNames: 'use',
    outdir: folder,
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: EXTERNAL,
    metafile: true,
    logLevel: 'error',
  });
  const first = new Set();
  const pending = [join(folder, 'use.js')];
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (first.has(file)) continue;
    first.add(file);
    const output = Object.entries(metafile.outputs).find(([path]) => resolve(ROOT, path) === file)?.[1];
    for (const { path, kind, external } of output?.imports ?? []) if (kind === 'import-statement' && !external) pending.push(resolve(ROOT, path));
  }
  // What only an import() can reach counts once somebody calls it; esbuild also writes those of functions that are not there any more.
  const all = new Set(first);
  const open = [...first];
  for (let file = open.pop(); file; file = open.pop()) {
    const output = Object.entries(metafile.outputs).find(([path]) => resolve(ROOT, path) === file)?.[1];
    for (const { path, external } of output?.imports ?? []) {
      const next = resolve(ROOT, path);
      if (external || all.has(next)) continue;
      all.add(next);
      open.push(next);
    }
  }
  return { first: [...first], all: [...all] };
}
