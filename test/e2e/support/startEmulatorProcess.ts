import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { EmulatorInfo } from '../../../src/emulator/startEmulator.js';

export interface EmulatorProcess extends EmulatorInfo {
  sessions(): Promise<EmulatedSession[]>;
  /** The PCM that a node received, as a WAV file. */
  audio(session: EmulatedSession): Promise<Uint8Array>;
  fault(request: Record<string, unknown>): Promise<void>;
  clearFaults(): Promise<void>;
  stop(): Promise<number | null>;
}

export interface EmulatedSession {
  readonly id: string;
  readonly connection: number;
  readonly vendor: string;
  readonly node: number;
  readonly state: string;
  readonly channel: string | null;
  readonly receivedMs: number;
  readonly speaking: boolean;
  readonly interrupts: number;
  readonly commands: readonly { readonly mid: string; readonly cmd: string }[];
  readonly params: Readonly<Record<string, unknown>> | null;
}

/** Runs `visavis emulator --json` from the built package, as a user would. */
export async function startEmulatorProcess(...args: string[]): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, ['dist/cli.js', 'emulator', '--json', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The emulator ended with ${String(code)} before it began.`)));
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), failed])) as [string]; // readline's own event
  failed.catch(() => undefined); // it may end now
  const info = JSON.parse(line) as EmulatorInfo; // printed by this same package
  const get = async (path: string) => {
    // A connection that is kept for the next question may be closed by the server just as that is asked.
    const response = await fetch(info.url + path, { headers: { connection: 'close' } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  };
  return {
    ...info,
    sessions: async () => (await (await get('/_emulator/sessions')).json()) as EmulatedSession[], // by this same package
    audio: async ({ id, connection }) => new Uint8Array(await (await get(`/_emulator/sessions/${encodeURIComponent(id)}/audio.wav?connection=${connection}`)).arrayBuffer()),
    async fault(request) {
      const response = await fetch(`${info.url}/_emulator/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) });
      if (!response.ok) throw new Error(`The fault was refused: ${await response.text()}`);
    },
    async clearFaults() {
      await fetch(`${info.url}/_emulator/faults`, { method: 'DELETE' });
    },
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null]; // node's own event
      return code;
    },
  };
}
