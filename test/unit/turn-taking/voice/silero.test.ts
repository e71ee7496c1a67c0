import { describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../../../../src/clock/createDeferred.js';
import { createVoiceActivity } from '../../../../src/turn-taking/voice/createVoiceActivity.js';
import { silero } from '../../../../src/turn-taking/voice/silero/silero.js';
import type { VoiceLabel } from '../../../../src/turn-taking/voice/VoiceLabel.js';
import { createFakeSilero } from './createFakeSilero.js';

const WINDOW = 512;
/** Frame `index` of a ramp, so that every sample says where it stands. */
const ramp = (index: number) => Int16Array.from({ length: 160 }, (_, n) => index * 160 + n);
const loud = new Int16Array(160).fill(8000);
const quiet = new Int16Array(160);

async function start(fake: ReturnType<typeof createFakeSilero>, onFailure?: (error: unknown) => void) {
  const labels: VoiceLabel[] = [];
  const source = await silero({ runtime: () => fake.runtime, model: 'model.onnx', ...(onFailure && { onFailure }) })({ onLabel: (label) => labels.push({ ...label }) });
  return { source, labels };
}

describe('silero', () => {
  it('gives the model each sample once, in windows of 512 after the last 64 of the window before', async () => {
    const fake = createFakeSilero();
    const { source } = await start(fake);
    for (let frame = 0; frame < 16; frame++) source.push(ramp(frame));
    await expect.poll(() => fake.runs.length).toBe(5);
    fake.runs.forEach(({ input }, window) => {
      expect(input?.dims).toEqual([1, 64 + WINDOW]);
      const samples = [...(input?.data as Float32Array)].map((sample) => Math.round(sample * 32768));
      expect(samples).toEqual(Array.from({ length: 64 + WINDOW }, (_, n) => Math.max(0, window * WINDOW + n - 64)));
    });
  });

  it('gives the model back what it remembered, and the sample rate', async () => {
    const fake = createFakeSilero();
    const { source } = await start(fake);
    for (let frame = 0; frame < 10; frame++) source.push(quiet);
    await expect.poll(() => fake.runs.length).toBe(3);
    expect(fake.runs.map(({ state }) => state?.data[0])).toEqual([0, 1, 2]);
    expect(fake.runs[0]?.state?.dims).toEqual([2, 1, 128]);
    expect(fake.runs[0]?.sr?.data).toEqual(BigInt64Array.of(16_000n));
  });

  it('speaks to the older form of the model as well', async () => {
    const fake = createFakeSilero({ older: true });
    const { source, labels } = await start(fake);
    for (let frame = 0; frame < 7; frame++) source.push(loud);
    await expect.poll(() => labels.length).toBe(6);
    expect(fake.runs[1]?.input?.dims).toEqual([1, WINDOW]);
    expect(fake.runs[1]?.h?.data[0]).toBe(1);
    expect(fake.runs[1]?.c?.dims).toEqual([2, 1, 64]);
  });

  it('labels each frame by the window that holds its middle', async () => {
    const fake = createFakeSilero();
    const { source, labels } = await start(fake);
    // The first window ends within the fourth frame, before its middle.
    for (const frame of [quiet, quiet, quiet, loud, loud, loud, loud]) source.push(frame);
    await expect.poll(() => labels.length).toBe(6);
    expect(labels.map(({ voiceProbability }) => Math.round(voiceProbability))).toEqual([90, 90, 90, 90, 90, 90]);
    const second = await start(createFakeSilero());
    for (const frame of [quiet, quiet, quiet, quiet, loud, loud, loud]) second.source.push(frame);
    await expect.poll(() => second.labels.length).toBe(6);
    expect(second.labels.map(({ voiceProbability }) => Math.round(voiceProbability))).toEqual([10, 10, 10, 90, 90, 90]);
  });

  it('runs one window at a time and keeps the order while the model is slow', async () => {
    const gates: (() => void)[] = [];
    const fake = createFakeSilero({ gate: () => new Promise<void>((resolve) => gates.push(resolve)) });
    const { source, labels } = await start(fake);
    for (const frame of [quiet, quiet, quiet, quiet, loud, loud, loud]) source.push(frame);
    expect(labels).toHaveLength(0);
    gates.shift()?.();
    await expect.poll(() => labels.length).toBe(3);
    await expect.poll(() => gates.length).toBe(1);
    gates.shift()?.();
    await expect.poll(() => labels.length).toBe(6);
    expect(fake.mostRunning()).toBe(1);
  });

  it('labels every frame though a machine does not keep up, without asking the model about all', async () => {
    const gate = createDeferred<void>();
    const fake = createFakeSilero({ gate: () => gate.promise });
    const { source, labels } = await start(fake);
    for (let frame = 0; frame < 320; frame++) source.push(quiet);
    gate.resolve();
    await expect.poll(() => labels.length).toBe(320);
    expect(fake.runs.length).toBeLessThan(30);
  });

  it('counts a window that fails as silence, says so and goes on', async () => {
    let failures = 1;
    const fake = createFakeSilero({ fail: () => failures-- > 0 });
    const onFailure = vi.fn();
    const { source, labels } = await start(fake, onFailure);
    for (let frame = 0; frame < 7; frame++) source.push(loud);
    await expect.poll(() => labels.length).toBe(6);
    expect(labels.map(({ voiceProbability }) => Math.round(voiceProbability))).toEqual([0, 0, 0, 90, 90, 90]);
    expect(onFailure).toHaveBeenCalledWith(expect.objectContaining({ reason: 'not-ready' }));
  });

  it('goes on with a runtime that moves what it is given to a Worker, also after a failure there', async () => {
    let failures = 1;
    const fake = createFakeSilero({ moves: true, fail: () => failures-- > 0 });
    const onFailure = vi.fn();
    const { source, labels } = await start(fake, onFailure);
    for (let frame = 0; frame < 16; frame++) source.push(loud);
    await expect.poll(() => labels.length).toBe(16);
    expect(labels.map(({ voiceProbability }) => Math.round(voiceProbability))).toEqual([0, 0, 0, ...new Array<number>(13).fill(90)]);
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(fake.runs.map(({ state }) => state?.data[0])).toEqual([0, 0, 2, 3, 4]);
  });

  it('labels nothing from before a reset, and forgets what the model remembered', async () => {
    const gate = createDeferred<void>();
    const fake = createFakeSilero({ gate: () => gate.promise });
    const { source, labels } = await start(fake);
    for (let frame = 0; frame < 4; frame++) source.push(loud);
    source.reset();
    for (let frame = 0; frame < 4; frame++) source.push(quiet);
    gate.resolve();
    await expect.poll(() => labels.length).toBe(3);
    expect(labels.every(({ rmsDb }) => rmsDb === -127)).toBe(true);
    expect(fake.runs.at(-1)?.state?.data[0]).toBe(0);
  });

  it('frees the session when it is closed, not before a running window has ended', async () => {
    const gate = createDeferred<void>();
    const fake = createFakeSilero({ gate: () => gate.promise });
    const { source, labels } = await start(fake);
    for (let frame = 0; frame < 4; frame++) source.push(loud);
    source.close();
    source.close();
    await Promise.resolve();
    expect(fake.calls.released).toBe(0);
    gate.resolve();
    await expect.poll(() => fake.calls.released).toBe(1);
    expect(labels).toHaveLength(0);
  });

  it('says what is missing when the runtime cannot be had', async () => {
    const source = silero({ runtime: () => Promise.reject(new Error('Cannot find package')), model: 'model.onnx' });
    await expect(source({ onLabel: () => undefined })).rejects.toMatchObject({ reason: 'peer-missing', context: { peer: 'onnxruntime-web' } });
  });

  it('refuses a model that is not Silero, and frees it', async () => {
    const { runtime, calls } = createFakeSilero();
    const other = { ...runtime, InferenceSession: { create: async () => ({ ...(await runtime.InferenceSession.create('x')), inputNames: ['image'] }) } };
    await expect(silero({ runtime: () => other, model: 'model.onnx' })({ onLabel: () => undefined })).rejects.toMatchObject({ reason: 'invalid-options' });
    expect(calls.released).toBe(1);
  });

  it('gives createVoiceActivity utterances though its labels are late', async () => {
    const fake = createFakeSilero();
    const onSpeechEnd = vi.fn<(audio: Float32Array) => void>();
    const activity = await createVoiceActivity({ source: silero({ runtime: () => fake.runtime, model: new Uint8Array(4) }), profile: 'fast', onSpeechEnd });
    for (let frame = 0; frame < 200; frame++) {
      activity.push(frame >= 60 && frame < 120 ? loud : quiet);
      if (frame % 20 === 0) await new Promise(setImmediate);
    }
    await expect.poll(() => onSpeechEnd.mock.calls.length).toBe(1);
    expect(onSpeechEnd.mock.calls[0]?.[0].filter((sample) => sample > 0.2).length).toBe(60 * 160);
    activity.close();
  });
});
