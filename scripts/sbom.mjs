import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes the software bill of materials of what an application gets along with the package, in CycloneDX, with the versions and hashes of
 * the lock file.
 * @param {string} [file] default `visavis-VERSION.cdx.json` in the root folder
 * @returns {Promise<string>} the file
 */
export async function writeSbom(file) {
  const { devDependencies: _, ...shipped } = await readJson('package.json');
  const target = file ?? join(ROOT, `${shipped.name}-${shipped.version}.cdx.json`);
  const bill = await billOf(shipped, await readJson('package-lock.json'));
  const listed = new Set(bill.components.map(({ name }) => name));
  const missing = Object.keys(shipped.dependencies).filter((name) => !listed.has(name));
  if (missing.length > 0) throw new Error(`The bill of materials lacks ${missing.join(', ')}.`);
  await writeFile(target, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${target}: ${bill.components.length} packages`);
  return target;
}

/**
 * `npm sbom --omit=dev` leaves out what a tool needs as well. So npm is shown a package that has no tools.
 * @param {{ name: string, [key: string]: unknown }} shipped
 * @param {{ packages: Record<string, { dev?: boolean, devOptional?: boolean, devDependencies?: unknown }>, [key: string]: unknown }} lock
 * @returns {Promise<{ components: { name: string }[], [key: string]: unknown }>}
 */
async function billOf(shipped, lock) {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-sbom-'));
  try {
    // npm takes the folder's name for the package's.
    const root = join(folder, shipped.name);
    await mkdir(root);
    const packages = Object.fromEntries(Object.entries(lock.packages).filter(([, { dev, devOptional }]) => !dev && !devOptional));
    packages[''] = { ...packages[''], devDependencies: undefined };
    await writeFile(join(root, 'package.json'), JSON.stringify(shipped));
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
    const { exitCode, output } = await run('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only', '--loglevel=silent', '--prefix', root]);
    if (exitCode !== 0) throw new Error(`npm wrote no bill of materials:\n${output}`);
    return JSON.parse(output.slice(output.indexOf('{')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} name */
async function readJson(name) {
  return JSON.parse(await readFile(join(ROOT, name), 'utf8'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeSbom(process.argv[2]);
