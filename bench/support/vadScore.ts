import { createVad } from '../../src/turn-taking/vad/createVad.js';
import { VAD_STATE } from '../../src/turn-taking/vad/VadState.js';
import type { VadConfig } from '../../src/turn-taking/vad/VadConfig.js';
import { framesOf, type LabelledFile } from './vadLabelled.js';

/** What a source said of a recording. */
export interface Labels {
  /** 0 to 100, for each 10 ms. */
  readonly probabilities: readonly number[];
  /** dBFS, for each 10 ms. */
  readonly levelsDb: readonly number[];
  /** How many frames had been heard when it said so. Absent for a source whose labels come at once. */
  readonly heardFrames?: readonly number[];
}

/** Frames of one utterance as the state machine found it; `end` is not part of it. */
interface Found {
  /** The first frame that was handed out. */
  readonly first: number;
  /** The frame at which it was found. */
  readonly onset: number;
  readonly end: number;
  /** How many frames had been heard when its start was told, and when its end was. */
  readonly startHeard: number;
  readonly endHeard: number;
}

export interface Score {
  readonly onsetsMs: readonly number[];
  readonly offsetsMs: readonly number[];
  readonly clippedMs: readonly number[];
  readonly utterances: number;
  readonly missed: number;
  readonly falseStarts: number;
}

/** Speech on both sides of a shorter pause is one utterance: the machine hears no shorter one. */
const PAUSE_FRAMES = 50;

export function findUtterances(samples: Int16Array, { probabilities, levelsDb, heardFrames }: Labels, config: VadConfig): readonly Found[] {
  const vad = createVad({ config });
  const found: Found[] = [];
  let current: Pick<Found, 'first' | 'onset' | 'startHeard'> | null = null;
  const heardAt = (index: number) => heardFrames?.[index] ?? index + 1;
  const frames = framesOf(samples);
  for (const [index, frame] of frames.entries()) {
    const result = vad.push(frame, { voiceProbability: probabilities[index] ?? 0, rmsDb: levelsDb[index] ?? -127, pitchHz: null });
    if (result.state === VAD_STATE.start) current = { first: index + 1 - result.samples.length / frame.length, onset: index, startHeard: heardAt(index) };
    if (result.state !== VAD_STATE.stop || !current) continue;
    found.push({ ...current, end: index, endHeard: heardAt(index) });
    current = null;
  }
  return current ? [...found, { ...current, end: frames.length, endHeard: frames.length + 1 }] : found;
}

/** Compares what the machine found with what is labelled. */
export function scoreFile({ speech }: LabelledFile, found: readonly Found[]): Score {
  const spoken = utterancesOf(speech);
  const met = spoken.map(([start, end]) => found.filter((one) => one.onset < end + PAUSE_FRAMES / 2 && one.end > start && one.onset >= start - PAUSE_FRAMES / 2));
  const pairs = spoken.flatMap(([start, end], index) => {
    const first = met[index]?.[0];
    const last = met[index]?.at(-1);
    return first && last ? [{ start, end, first, last }] : [];
  });
  return {
    onsetsMs: pairs.map(({ start, first }) => 10 * (first.startHeard - start)),
    offsetsMs: pairs.map(({ end, last }) => 10 * (last.endHeard - end)),
    clippedMs: pairs.map(({ start, first }) => 10 * Math.max(0, first.first - start)),
    utterances: spoken.length,
    missed: spoken.length - pairs.length,
    falseStarts: found.filter(({ first, end }) => !speech.subarray(first, end).includes(1)).length,
  };
}

function utterancesOf(speech: Uint8Array): readonly (readonly [start: number, end: number])[] {
  const spoken: [number, number][] = [];
  for (let frame = 0; frame < speech.length; frame++) {
    if (speech[frame] !== 1) continue;
    const last = spoken.at(-1);
    if (last && frame - last[1] < PAUSE_FRAMES) last[1] = frame + 1;
    else spoken.push([frame, frame + 1]);
  }
  return spoken;
}

/** Area under the ROC curve, ties counted as half. */
export function areaUnderCurve(values: readonly number[], speech: readonly number[]): number {
  const order = values.map((value, index) => ({ value, isSpeech: speech[index] === 1 })).sort((a, b) => a.value - b.value);
  let ranks = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (let at = start; at < end; at++) {
      if (!order[at]?.isSpeech) continue;
      positives++;
      ranks += (start + 1 + end) / 2;
    }
    start = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** F1 of the frames above `threshold`. */
export function f1(values: readonly number[], speech: readonly number[], threshold: number): number {
  let hits = 0;
  let claimed = 0;
  let real = 0;
  values.forEach((value, index) => {
    const isSpeech = speech[index] === 1;
    if (value > threshold) claimed++;
    if (isSpeech) real++;
    if (value > threshold && isSpeech) hits++;
  });
  return (2 * hits) / (claimed + real);
}

/** @param share 0.5 for the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
