import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A static import or re-export of built code; `import(` is not one. */
const STATIC_IMPORT = /^(?:import|export)\b[^'"();]*?["']([^"']+)["']/gm;

/**
 * Everything that one built file loads before its first line runs.
 * @param {string} entry path of a file in dist
 * @returns {{ files: readonly string[], packages: readonly string[] }} files in dist, and what they import from elsewhere
 */
export function staticClosure(entry) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @type {Set<string>} */
  const packages = new Set();
  const pending = [resolve(entry)];
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
      if (specifier.startsWith('.')) pending.push(resolve(dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return { files: [...files], packages: [...packages] };
}
