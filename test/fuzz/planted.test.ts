import { execFile } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { fuzzTargets } from './fuzzTargets.js';

// A build and a hang that has to be waited for.
vi.setConfig({ testTimeout: 180_000 });

/** `npm run fuzz -- --planted`, as far as it is told. */
function fuzzPlanted(...options: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['scripts/fuzz.mjs', '--planted', '--seed', '7', '--workers', '1', ...options], (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(new Error('The fuzzing did not run.', { cause: error }));
      else resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

describe('the fuzzing itself', () => {
  it('finds each fault that is planted in a reader, and none in one that is sound', async () => {
    const { exitCode, output } = await fuzzPlanted('--mutations', '8000', '--hang-ms', '4000');
    const found = Object.fromEntries([...output.matchAll(/^FOUND in (\w+) with seed 7: (.*)$/gm)].map(([, target, words]) => [target, words]));
    expect(found).toEqual({
      crash: expect.stringMatching(/^mutation \d+: It threw SyntaxError/),
      undeclared: expect.stringMatching(/^mutation \d+: It refused with quota-exceeded, which is not declared/),
      hang: expect.stringMatching(/^mutation \d+ has not come to an end within 4 s$/),
      pollution: expect.stringMatching(/^A prototype was changed up to mutation \d+$/),
      growth: expect.stringMatching(/^\d+ bytes are kept after 1000 mutations from 0$/),
      inflation: expect.stringMatching(/^mutation \d+: It made 1000000 out of 10$/),
      lie: expect.stringMatching(/^mutation \d+: It read something else than was written/),
    });
    expect(output).toContain('7 findings');
    expect(exitCode).toBe(1);
  });

  it('repeats a finding alone, with its trace', async () => {
    const { output } = await fuzzPlanted('--target', 'crash', '--mutations', '1000');
    const index = /FOUND in crash with seed 7: mutation (\d+)/.exec(output)?.[1] ?? '';
    const { exitCode, output: alone } = await fuzzPlanted('--target', 'crash', '--from', index, '--mutations', '1');
    expect(alone).toContain(`mutation ${index}: It threw SyntaxError`);
    expect(alone).toMatch(/\n +at .*plantedTargets|\n +at JSON\.parse/);
    expect(exitCode).toBe(1);
  });

  it('shares the mutations so that no reader gets more than an eighth of them, and none next to nothing', () => {
    const shares = Object.entries(fuzzTargets).map(([name, { share }]) => [name, share] as const);
    const all = shares.reduce((sum, [, share]) => sum + share, 0);
    for (const [name, share] of shares) {
      expect(share / all, name).toBeLessThanOrEqual(1 / 8);
      // A mutation of `pcm` takes milliseconds.
      expect(share / all, name).toBeGreaterThanOrEqual(name === 'pcm' ? 1 / 1_000 : 1 / 200);
    }
  });
});
