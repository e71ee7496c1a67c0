import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type InstalledApp, installPackage } from '../../package/installPackage.js';
import { PEERS } from './versions.js';

const APPS = resolve('test/consumers/apps');

/** The applications of these tests in a folder of their own, with the packed package, the emulator's peers and these packages installed beside them. */
export async function installApp(...packages: readonly string[]): Promise<InstalledApp> {
  const app = await installPackage([...PEERS, ...packages]);
  await cp(APPS, app.folder, { recursive: true });
  return app;
}
