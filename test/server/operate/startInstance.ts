import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BuiltCli } from './buildCli.js';

/** A line of an instance's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** `visavis serve` in a process of its own. */
export interface Instance {
  readonly url: string;
  readonly port: number;
  readonly metricsUrl: string | undefined;
  /** Resolves with the first line, past or future, of this event. */
  logged(event: string, matches?: (line: LogLine) => boolean): Promise<LogLine>;
  readonly lines: readonly LogLine[];
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export async function startInstance(cli: BuiltCli, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Instance> {
  const child = spawn(process.execPath, [cli.path, 'serve', '--json', '--port', '0', ...argv], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  // A test that is ended by force leaves none behind.
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const exited = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', end);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null }; // As Node documents the event.
  });
  const lines: LogLine[] = [];
  const waiters = new Set<() => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line.startsWith('{') ? (JSON.parse(line) as LogLine) : { event: 'text', line });
    for (const check of waiters) check();
  });
  const [first] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited.then(() => [])])) as string[];
  if (first === undefined) throw new Error(`The instance did not start: ${JSON.stringify(lines)}`);
  const { url, metricsUrl } = JSON.parse(first) as { url: string; metricsUrl?: string }; // Test input.
  return {
    url,
    metricsUrl,
    port: Number(new URL(url).port),
    lines,
    logged: (event, matches = () => true) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find((line) => line['event'] === event && matches(line));
          if (found === undefined) return;
          waiters.delete(check);
          resolve(found);
        };
        waiters.add(check);
        void exited.then(() => reject(new Error(`The instance is gone and logged no ${event}.`)));
        check();
      }),
    kill: (signal) => void child.kill(signal),
    exited,
  };
}
