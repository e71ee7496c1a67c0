import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogSink } from '../../../src/cli/serve/createLogSink.js';
import { startEmulator } from '../../../src/emulator.js';
import { buildCli, type BuiltCli } from './buildCli.js';

describe('a log whose disk is full', () => {
  it('loses lines, and says how many once there is room again', () => {
    const written: string[] = [];
    let isFull = false;
    const stream = {
      on: () => undefined,
      write(text: string, done: (error?: Error | null) => void) {
        if (!isFull) written.push(text);
        done(isFull ? new Error('ENOSPC: no space left on device, write') : null);
      },
    };
    const write = createLogSink(stream, (lines) => `${lines} lost\n`);
    write('one\n');
    isFull = true;
    write('two\n');
    write('three\n');
    isFull = false;
    write('four\n');
    write('five\n');
    expect(written).toEqual(['one\n', '2 lost\n', 'four\n', 'five\n']);
  });
});

describe.skipIf(!existsSync('/dev/full'))('visavis serve with its log on a full disk', () => {
  let cli: BuiltCli;
  const cleanUps: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    cli = await buildCli();
  }, 120_000);
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
    await cli.remove();
  });

  it('goes on to answer, and stops as it is told', { timeout: 120_000 }, async () => {
    const emulator = await startEmulator();
    cleanUps.push(emulator.close);
    const child = spawn(process.execPath, [cli.path, 'serve', '--json', '--port', '0', '--emulator', emulator.url], { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')] });
    const exited = once(child, 'exit');
    if (!child.stdout) throw new Error('The process has no output.');
    const ready = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited.then(([code]) => Promise.reject(new Error(`It ended with ${String(code)}.`)))]);
    const { url } = JSON.parse(String(ready[0])) as { url: string }; // Test input.
    for (let i = 0; i < 3; i++) expect((await fetch(`${url}/session`, { method: 'POST', body: '{' })).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
