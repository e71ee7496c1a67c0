import { describe, expect, it } from 'vitest';
import { createUtteranceSegmenter, type UtteranceSegmenterOptions } from '../../../src/turn-taking/createUtteranceSegmenter.js';
import { readWavFile } from '../../e2e/support/signals.js';

/** Recorded speech; its words lie at 1.36-2.22, 3.14-3.62, 3.80-5.03 and 7.35-9.84 s. */
const recording = readWavFile('test/fixtures/speech-16k.wav').samples.slice(0, 11 * 16_000);
const noise = (rms: number, random = createRandom()) => () => (random() + random() + random() + random() - 2) * Math.sqrt(3) * rms;

/** The same numbers in every run. */
function createRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function hear(samples: Int16Array, options: Partial<UtteranceSegmenterOptions> = {}, portion = 160) {
  let position = 0;
  const starts: number[] = [];
  const utterances: { readonly from: number; readonly to: number; readonly samples: Int16Array }[] = [];
  const segmenter = createUtteranceSegmenter({
    ...options,
    onSpeechStart: () => starts.push(position / 16_000),
    onUtterance: (part) => utterances.push({ from: (position - part.length) / 16_000, to: position / 16_000, samples: part }),
  });
  while (position < samples.length) {
    const part = samples.slice(position, position + portion);
    position += part.length;
    segmenter.push(part);
    part.fill(0); // its owner may reuse it
  }
  segmenter.flush();
  return { starts, utterances, segmenter };
}

describe('createUtteranceSegmenter', () => {
  it.each([
    ['in a quiet room', 0],
    ['over noise 20 dB below', 250],
  ])('finds the utterances of recorded speech %s', (_where, rms) => {
    const hiss = noise(rms);
    const { starts, utterances } = hear(recording.map((sample) => sample + hiss()));
    const words = [[1.36, 2.22], [3.14, 3.62], [3.8, 5.03], [7.35, 9.84]] as const;
    for (const [from, to] of words) expect(utterances.some((found) => found.from <= from && found.to >= to)).toBe(true);
    expect(starts.length).toBe(utterances.length);
    expect(utterances.length).toBeGreaterThanOrEqual(2);
    expect(utterances.reduce((sum, found) => sum + found.to - found.from, 0)).toBeLessThan(9);
    expect(starts.every((start) => words.some(([from, to]) => start > from - 0.1 && start < to))).toBe(true);
  });

  it('gives the sound as it was, however it is portioned', () => {
    const whole = hear(recording).utterances;
    for (const { from, to, samples } of whole) expect(samples).toEqual(recording.slice(Math.round(from * 16_000), Math.round(to * 16_000)));
    const portioned = hear(recording, {}, 160 * 7).utterances.map(({ samples }) => samples);
    expect(portioned).toEqual(whole.map(({ samples }) => samples));
    expect(hear(recording, {}, 97).utterances.map(({ samples }) => samples)).toEqual(whole.map(({ samples }) => samples));
  });

  it('hears nothing in steady noise, silence or a click', () => {
    const hiss = noise(1000);
    expect(hear(new Int16Array(16_000 * 8).map(hiss)).starts).toEqual([]);
    expect(hear(new Int16Array(16_000 * 3)).starts).toEqual([]);
    const click = new Int16Array(16_000 * 2);
    click.fill(20_000, 16_000, 16_000 + 320);
    expect(hear(click).starts).toEqual([]);
  });

  it('gives a long utterance in parts that lose nothing', () => {
    const speech = Int16Array.from({ length: 16_000 * 5 }, (_, index) => (index < 16_000 ? index % 3 : Math.round(9000 * Math.sin(index / 7))));
    const { starts, utterances } = hear(speech, { maxUtteranceMs: 1500 });
    expect(starts).toHaveLength(1);
    expect(utterances.map(({ to }, index) => to === (utterances[index + 1]?.from ?? to)).every(Boolean)).toBe(true);
    expect(utterances.at(-1)?.to).toBe(5);
    expect(utterances.length).toBe(3);
  });

  it('forgets what is being said when cleared', () => {
    const { segmenter, utterances } = hear(recording.subarray(0, 16_000));
    segmenter.push(recording.slice(16_000, 2 * 16_000));
    expect(segmenter.speaking).toBe(true);
    segmenter.clear();
    segmenter.flush();
    expect([segmenter.speaking, utterances.length]).toEqual([false, 0]);
  });
});
