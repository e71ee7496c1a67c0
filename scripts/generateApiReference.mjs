// Writes docs/api from the TSDoc of what the package exports, or another folder when one is given.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readApi } from './readApi.mjs';
import { renderApi } from './renderApi.mjs';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/api', import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { file, text } of renderApi(readApi())) await writeFile(join(folder, file), text);
}
