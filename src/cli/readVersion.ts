import { readFile } from 'node:fs/promises';

/** The version of the package that this file was installed with: the nearest package.json above it. */
export async function readVersion(): Promise<string> {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const text = await readFile(new URL(path, import.meta.url), 'utf8');
      const manifest: unknown = JSON.parse(text);
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
    } catch {
      // Built, this file is one level deep; as a source, two. The other place is tried next.
    }
  }
  return 'unknown';
}
