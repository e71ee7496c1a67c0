import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rolldown } from 'rolldown';
import { workletSource } from '../../../scripts/workletSource.js';

/** An application's server in a process of its own. */
export interface CatalogueApp {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Makes a program of `catalogueApp.ts`, within the package so that it finds what it imports, and starts it. */
export async function startCatalogueApp(): Promise<CatalogueApp> {
  const root = process.cwd();
  const folder = await mkdtemp(join(root, 'node_modules/.visavis-app-'));
  const bundle = await rolldown({ input: join(root, 'test/react/support/catalogueApp.ts'), platform: 'node', external: /^(?![./])/, plugins: [workletSource()] });
  await bundle.write({ dir: folder, format: 'es', entryFileNames: 'app.mjs', chunkFileNames: '[name]-[hash].mjs' });
  await bundle.close();
  const child = spawn(process.execPath, [join(folder, 'app.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited.then(() => Promise.reject(new Error('The application did not start.')))]);
  const { url } = JSON.parse(String(line)) as Omit<CatalogueApp, 'close'>; // catalogueApp.ts wrote it.
  return {
    url,
    async close() {
      child.stdin.end();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
