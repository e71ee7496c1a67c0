import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { workletSource } from '../../../scripts/workletSource.js';

export interface BuiltCli {
  /** For `node`. */
  readonly path: string;
  remove(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The command as it is now, to be run in processes of its own. Within the package, so that it finds what it imports. */
export async function buildCli(): Promise<BuiltCli> {
  const folder = await mkdtemp(join(ROOT, 'node_modules/.visavis-cli-'));
  const bundle = await rolldown({ input: join(ROOT, 'src/cli.ts'), platform: 'node', external: /^(?![./])/, plugins: [workletSource()] });
  await bundle.write({ dir: folder, format: 'es', entryFileNames: 'cli.mjs', chunkFileNames: '[name]-[hash].mjs' });
  await bundle.close();
  return { path: join(folder, 'cli.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
