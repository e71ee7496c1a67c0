import type { TestProject } from 'vitest/node';
import { startEmulatorProcess } from '../../e2e/support/startEmulatorProcess.js';

declare module 'vitest' {
  interface ProvidedContext {
    channelUrl: string;
  }
}

/** One emulator for all browser tests: pages cannot start one themselves. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const emulator = await startEmulatorProcess();
  project.provide('channelUrl', emulator.channelUrl);
  return async () => {
    await emulator.stop();
  };
}
