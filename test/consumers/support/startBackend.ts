import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledApp } from '../../package/installPackage.js';
import { startProgram } from './startProgram.js';

/** Seals tickets; no byte of it may reach a page. Without a blank: the command would take it for several. */
export const BACKEND_SECRET = 'consumers-have-a-secret-of-more-than-32-bytes';

/** The emulator and the companion server of an application, as its own commands. */
export interface Backend {
  /** What a page gives as `grant`. */
  readonly grant: string;
  /** Speech that has arrived at the emulated vendor, in milliseconds. */
  heardMs(): Promise<number>;
  /** What `visavis doctor` says of the emulator. */
  readonly emulatorUrl: string;
  /** Ends both. @returns their exit codes */
  stop(): Promise<readonly (number | null)[]>;
}

export interface StartBackendOptions {
  /** Where the page is. */
  readonly origin: string;
  /** The Node to run them with. */
  readonly node?: string;
  /** Of the companion server; a free one when it is left out. */
  readonly port?: number;
}

/** The script behind the command, as `bin` says it: the link to it differs from system to system. */
export async function commandOf(app: InstalledApp): Promise<string> {
  const { bin } = JSON.parse(await readFile(join(app.packageFolder, 'package.json'), 'utf8'));
  return join(app.packageFolder, bin.visavis);
}

export async function startBackend(app: InstalledApp, { origin, node = process.execPath, port = 0 }: StartBackendOptions): Promise<Backend> {
  const command = await commandOf(app);
  const options = { node, cwd: app.folder, env: { VISAVIS_SECRET: BACKEND_SECRET } };
  const emulator = await startProgram(command, ['emulator', '--json'], options);
  try {
    const { url: emulatorUrl } = JSON.parse(emulator.ready);
    const server = await startProgram(command, ['serve', '--json', '--emulator', emulatorUrl, '--origin', origin, '--port', String(port)], options);
    const { url } = JSON.parse(server.ready);
    return {
      grant: url,
      emulatorUrl,
      async heardMs() {
        const sessions: readonly { readonly receivedMs: number }[] = await (await fetch(`${emulatorUrl}/_emulator/sessions`)).json();
        return Math.max(0, ...sessions.map(({ receivedMs }) => receivedMs));
      },
      stop: async () => [await server.stop(), await emulator.stop()],
    };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}
