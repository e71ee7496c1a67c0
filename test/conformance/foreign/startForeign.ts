import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../../scripts/findPython.mjs';
import { createReport, type ForeignLine, type ForeignReport, type ReportBuilder } from './ForeignReport.js';

const TIMEOUT_MS = 90_000;

/** A Python program that runs beside a test. */
export interface Foreign {
  /** The line with which a server says where it is. */
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  readonly report: ReportBuilder;
  /** Closes its standard input, by which a server is told to end, and waits for the end. */
  finish(input?: string): Promise<ForeignReport>;
  /** Everything that it wrote which is no check, line by line. */
  readonly output: readonly unknown[];
}

/** Starts a program of this folder. It shares no code with the package, and needs nothing but Python's standard library. */
export function startForeign(script: string, options: object = {}): Foreign {
  const python = findPython();
  if (!python) throw new Error('The conformance tests need Python 3. `npm run test:conformance` installs it where it can; else install the package "python3".');
  const report = createReport();
  const output: unknown[] = [];
  let errors = '';
  // -B: nothing is written into the source tree. UTF-8 whatever the locale.
  const child = spawn(python, ['-B', '-u', fileURLToPath(new URL(`${script}.py`, import.meta.url)), JSON.stringify(options)], {
    stdio: 'pipe',
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // It may end before it has read all that it is given; its exit code tells.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(code === 0 ? null : `${script}.py ended with ${signal ?? code}\n${errors}`);
    });
  });
  const ready = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as Readonly<Record<string, unknown>>; // a program of this folder wrote it
      if ('check' in line) report.add(line as unknown as ForeignLine); // as above
      else output.push(line);
      if ('ready' in line) resolve(line);
    });
    void ended.then((failure) => reject(new Error(failure ?? `${script}.py ended before it was ready.`)));
  });
  ready.catch(() => undefined);
  return {
    ready,
    report,
    output,
    async finish(input = '') {
      child.stdin.end(input);
      return report.finish(await ended);
    },
  };
}
