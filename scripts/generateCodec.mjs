// Writes the static codec of proto/frames.proto, with its types, into the folder given or the one in src.
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const bin = join(dirname(fileURLToPath(import.meta.resolve('protobufjs-cli/package.json'))), 'bin');

/**
 * Only decoding and encoding: what else the generator offers would be dead weight in a browser.
 *
 * @param {string} folder
 */
async function generateCodec(folder) {
  await mkdir(folder, { recursive: true });
  const code = join(folder, 'frames.js');
  const types = join(folder, 'frames.d.ts');
  const unwanted = ['create', 'verify', 'convert', 'delimited', 'typeurl', 'service', 'comments'];
  const common = ['-t', 'static-module', '-w', 'es6', '--es6', '-r', 'visavis-dve'];
  const proto = join(root, 'proto', 'frames.proto');
  // The types are read from the comments, which the code itself need not carry.
  const commented = join(folder, 'commented.js');
  await run(process.execPath, [join(bin, 'pbjs'), ...common, ...unwanted.slice(0, -1).map((name) => `--no-${name}`), '-o', commented, proto]);
  await run(process.execPath, [join(bin, 'pbts'), '-o', types, commented]);
  await rm(commented);
  await run(process.execPath, [join(bin, 'pbjs'), ...common, ...unwanted.map((name) => `--no-${name}`), '-o', code, proto]);
  const head = '// Generated from proto/frames.proto by npm run generate. Do not edit.\n';
  // Its types are in the file beside it; the code itself has none that a compiler could check.
  await writeFile(code, `// @ts-nocheck\n${head}${await readFile(code, 'utf8')}`);
  await writeFile(types, `${head}${await readFile(types, 'utf8')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await generateCodec(process.argv[2] ?? join(root, 'src', 'services', 'dve', 'codec', 'generated'));
}
