import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface RunningProgram {
  /** The line that said that it is ready. */
  readonly ready: string;
  /** Asks it to end, and answers its exit code. */
  stop(): Promise<number | null>;
}

export interface StartProgramOptions {
  readonly node?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isReady?: (line: string) => boolean;
}

const KEPT_LINES = 30;

/** Runs a script with Node until it says that it is ready; its first line does, if nothing else is said. */
export async function startProgram(script: string, args: readonly string[], { node = process.execPath, cwd, env = {}, isReady = () => true }: StartProgramOptions = {}): Promise<RunningProgram> {
  const child = spawn(node, [script, ...args], { cwd, env: { ...process.env, NODE_ENV: undefined, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  const exited = once(child, 'exit') as Promise<[number | null]>; // node's own event
  const kept: string[] = [];
  const keep = (line: string) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
  };
  createInterface(child.stderr).on('line', keep);
  const lines = createInterface(child.stdout).on('line', keep);
  const ready = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => isReady(line) && resolve(line));
    exited.then(([code]) => reject(new Error(`${script} ended with ${code}:\n${kept.join('\n')}`)), reject);
  });
  return {
    ready,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
      return (await exited)[0];
    },
  };
}
