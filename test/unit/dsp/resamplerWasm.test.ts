// Source: src/dsp/wasm/resampler.as, compiled anew.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { decodeBase64 } from '../../../src/dsp/resampler/decodeBase64.js';
import { RESAMPLER_WASM } from '../../../src/dsp/wasm/resamplerWasm.js';

it('is what the compiler makes of its source, byte for byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-resampler-'));
  try {
    const file = join(folder, 'resamplerWasm.ts');
    await promisify(execFile)(process.execPath, ['scripts/generateResampler.mjs', file]);
    expect(await readFile('src/dsp/wasm/resamplerWasm.ts', 'utf8')).toBe(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('is decoded without atob, which a worklet lacks', () => {
  expect(Buffer.from(decodeBase64(RESAMPLER_WASM))).toEqual(Buffer.from(RESAMPLER_WASM, 'base64'));
  for (const text of ['', 'a', 'ab', 'abc', 'abcd']) expect(Buffer.from(decodeBase64(btoa(text))).toString()).toBe(text);
});

it('is small enough for every browser to compile on the main thread at once', () => {
  expect(decodeBase64(RESAMPLER_WASM).length).toBeLessThan(4096);
});
