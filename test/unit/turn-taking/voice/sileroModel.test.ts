import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readLabelledFiles } from '../../../../bench/support/vadLabelled.js';
import { silero } from '../../../../src/turn-taking/voice/silero/silero.js';

const FRAME = 160;
const SECONDS = 6;
const file = readLabelledFiles().find(({ name }) => name === 'synth-01-clean');
const samples = file?.samples.subarray(0, SECONDS * 16_000) ?? new Int16Array(0);
const speech = file?.speech.subarray(0, SECONDS * 100) ?? new Uint8Array(0);

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));
beforeAll(() => {
  // More would start threads of its own.
  ort.env.wasm.numThreads = 1;
});

async function open(version: string) {
  const probabilities: number[] = [];
  const failures: unknown[] = [];
  const model = readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`);
  const source = await silero({ runtime: () => ort, model, onFailure: (error) => failures.push(error) })({ onLabel: ({ voiceProbability }) => probabilities.push(voiceProbability) });
  undo.push(() => source.close());

  /** In steps of 160 ms, five windows: Silero does not judge what comes much faster than it computes. */
  async function hear(): Promise<readonly number[]> {
    probabilities.length = 0;
    for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
      source.push(samples.subarray(at, at + FRAME));
      const heard = at / FRAME + 1;
      if (heard % 16 === 0) await expect.poll(() => probabilities.length, { interval: 1 }).toBe(heard);
    }
    expect(failures).toEqual([]);
    return [...probabilities];
  }

  return { source, hear };
}

/** Share of the frames on whose side of 50 the source is right. */
const rightShare = (probabilities: readonly number[]) => probabilities.filter((probability, frame) => probability > 50 === (speech[frame] === 1)).length / probabilities.length;

describe.each(['v6', 'v5', 'legacy'])('Silero, model %s, in onnxruntime-web', (version) => {
  it('hears who speaks in a labelled recording, and after a reset the same again', async () => {
    const { source, hear } = await open(version);
    const first = await hear();
    expect(first).toHaveLength(Math.floor((SECONDS * 100) / 16) * 16);
    expect(rightShare(first)).toBeGreaterThan(0.85);
    expect(Math.max(...first)).toBeGreaterThan(95);
    expect(Math.min(...first)).toBeLessThan(5);
    source.reset();
    expect(await hear()).toEqual(first);
  });
});
