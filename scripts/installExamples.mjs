import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuild } from './ensureBuild.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Puts the built package where the examples of this repository look for it: the files that npm would install, copied, since bundlers
 * treat a link as sources of the application. What it and the examples depend on is found in the root's node_modules.
 */
export async function installExamples() {
  await ensureBuild();
  const target = join(ROOT, 'examples', 'node_modules', 'visavis');
  const { files } = /** @type {{ files: readonly string[] }} */ (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await Promise.all(['package.json', ...files].map((name) => cp(join(ROOT, name), join(target, name), { recursive: true })));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await installExamples();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
