import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../../../../src/clock/createDeferred.js';
import { readWav } from '../../../../src/dsp/readWav.js';
import { rnnoise } from '../../../../src/turn-taking/voice/rnnoise/rnnoise.js';
import { silero } from '../../../../src/turn-taking/voice/silero/silero.js';
import { spectral } from '../../../../src/turn-taking/voice/spectral/createSpectralSource.js';
import { spectralUntil } from '../../../../src/turn-taking/voice/spectralUntil.js';
import type { VoiceLabel } from '../../../../src/turn-taking/voice/VoiceLabel.js';
import type { CreateVoiceSource } from '../../../../src/turn-taking/voice/VoiceProbabilitySource.js';
import { createFakeSilero } from './createFakeSilero.js';

const module = () => import('@jitsi/rnnoise-wasm/dist/rnnoise.js');
const wasm = () => readFileSync('node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.wasm');
const speech = readFrames('test/fixtures/speech-16k.wav');
const silence = Array.from({ length: 300 }, () => new Int16Array(160));

function readFrames(path: string): readonly Int16Array[] {
  const samples = new Int16Array(Uint8Array.from(readWav(readFileSync(path))?.data ?? []).buffer);
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, index) => samples.subarray(index * 160, index * 160 + 160));
}

async function listen(create: CreateVoiceSource, frames: readonly Int16Array[]): Promise<readonly VoiceLabel[]> {
  const labels: VoiceLabel[] = [];
  const source = await create({ onLabel: (label) => labels.push({ ...label }) });
  for (const [index, frame] of frames.entries()) {
    source.push(frame);
    // Silero does not judge what comes much faster than it computes.
    if (index % 20 === 0) await new Promise(setImmediate);
  }
  // A window of Silero may end after the last frame.
  const whole = source.kind === 'silero' ? Math.floor((Math.floor((frames.length * 160) / 512) * 512 + 79) / 160) : frames.length;
  await expect.poll(() => labels.length).toBe(whole);
  source.close();
  return labels;
}

/** Every source keeps to this, whatever it is made of. */
describe.each<[string, () => CreateVoiceSource]>([
  ['spectral', () => spectral],
  ['rnnoise', () => rnnoise({ module, wasm: wasm() })],
  ['silero', () => silero({ runtime: () => createFakeSilero().runtime, model: 'model.onnx' })],
  ['spectral until another has loaded', () => spectralUntil(rnnoise({ module, wasm: wasm() }))],
])('a source of voice probability: %s', (_, create) => {
  it('labels every frame once, with a level in dBFS and a probability of 0 to 100', async () => {
    const labels = await listen(create(), [...silence, ...speech.slice(0, 400)]);
    for (const { rmsDb, voiceProbability, pitchHz } of labels) {
      expect(rmsDb).toBeGreaterThanOrEqual(-127);
      expect(rmsDb).toBeLessThanOrEqual(0);
      expect(voiceProbability).toBeGreaterThanOrEqual(0);
      expect(voiceProbability).toBeLessThanOrEqual(100);
      expect(pitchHz === null || (pitchHz > 50 && pitchHz < 500)).toBe(true);
    }
  });

  it('says -127 dBFS of silence and 0 of a square wave at full scale', async () => {
    const square = Array.from({ length: 20 }, () => Int16Array.from({ length: 160 }, (_, n) => (n % 16 < 8 ? 32767 : -32768)));
    const labels = await listen(create(), [...silence.slice(0, 20), ...square]);
    expect(labels[3]?.rmsDb).toBe(-127);
    expect(labels[30]?.rmsDb).toBeCloseTo(0, 3);
  });

  it('is not sure of anybody in silence', async () => {
    const labels = await listen(create(), silence);
    expect(Math.max(...labels.map(({ voiceProbability }) => voiceProbability))).toBeLessThan(50);
  });

  it('finds somebody in a voice', async () => {
    const labels = await listen(create(), speech);
    expect(labels.filter(({ voiceProbability }) => voiceProbability > 70).length).toBeGreaterThan(0.2 * speech.length);
  });

  it('says nothing after it was closed, and may be closed twice', async () => {
    const onLabel = vi.fn();
    const source = await create()({ onLabel });
    source.close();
    source.close();
    for (const frame of speech.slice(0, 20)) source.push(frame);
    expect(onLabel).not.toHaveBeenCalled();
  });
});

describe.each<[string, CreateVoiceSource]>([['spectral', spectral], ['rnnoise', rnnoise({ module, wasm: wasm() })]])('%s', (_, create) => {
  it('says after a reset what a new one says', async () => {
    const used: number[] = [];
    const source = await create({ onLabel: ({ voiceProbability }) => used.push(voiceProbability) });
    for (const frame of speech.slice(300, 700)) source.push(frame);
    source.reset();
    used.length = 0;
    for (const frame of speech.slice(0, 600)) source.push(frame);
    source.close();
    expect(used).toEqual((await listen(create, speech.slice(0, 600))).map(({ voiceProbability }) => voiceProbability));
  });
});

describe('rnnoise', () => {
  it('says what is missing when the package cannot be had', async () => {
    const absent = rnnoise({ module: () => Promise.reject(new Error('Cannot find package')), wasm: '/rnnoise.wasm' });
    await expect(absent({ onLabel: () => undefined })).rejects.toMatchObject({ reason: 'peer-missing', message: expect.stringContaining('npm install') });
  });

  it('says what is missing when its WebAssembly cannot be had', async () => {
    await expect(rnnoise({ module, wasm: new Uint8Array([1, 2, 3]) })({ onLabel: () => undefined })).rejects.toMatchObject({ reason: 'peer-missing', context: { peer: '@jitsi/rnnoise-wasm' } });
  });
});

describe('spectralUntil', () => {
  it('labels at once, and goes over to the better source between two frames', async () => {
    const arrived = createDeferred<void>();
    const better = rnnoise({ module, wasm: wasm() });
    const labels: VoiceLabel[] = [];
    const source = await spectralUntil(async (options) => {
      await arrived.promise;
      return better(options);
    })({ onLabel: (label) => labels.push({ ...label }) });
    source.push(new Int16Array(160));
    expect(source.kind).toBe('spectral');
    arrived.resolve();
    await expect.poll(() => source.kind).toBe('rnnoise');
    source.push(new Int16Array(160));
    expect(labels).toHaveLength(2);
    source.close();
  });

  it('stays with the spectral source and says why when the better one cannot be had', async () => {
    const onFailure = vi.fn();
    const source = await spectralUntil(() => Promise.reject(new Error('offline')), { onFailure })({ onLabel: () => undefined });
    await expect.poll(() => onFailure.mock.calls.length).toBe(1);
    expect(onFailure.mock.calls[0]?.[0]).toMatchObject({ reason: 'peer-missing' });
    expect(source.kind).toBe('spectral');
  });

  it('frees a better source that arrives after it was closed', async () => {
    const close = vi.fn();
    const source = await spectralUntil(async () => ({ kind: 'late', latencyMs: 0, push: () => undefined, reset: () => undefined, close }))({ onLabel: () => undefined });
    source.close();
    await expect.poll(() => close.mock.calls.length).toBe(1);
  });
});
