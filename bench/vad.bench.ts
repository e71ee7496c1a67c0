import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import type { Bench, BenchResult } from '../scripts/Bench.js';
import { resolveVadProfile } from '../src/turn-taking/voice/resolveVadProfile.js';
import type { CreateVoiceSource } from '../src/turn-taking/voice/VoiceProbabilitySource.js';
import { makeNoise, noiseKinds } from './support/noise.js';
import { areaUnderCurve, f1, findUtterances, percentile, scoreFile, type Labels } from './support/vadScore.js';
import { framesOf, readLabelledFiles, type LabelledFile } from './support/vadLabelled.js';
import { listen, listenUnseen, RNNOISE_FILES, sources } from './support/vadSources.js';

/** Fresh: the model learnt from seeds 1 to 10, and its scale was set by 101 to 103. */
const NOISE_SEEDS = [201, 202, 203, 204, 205];
const NOISE_SECONDS = 60;
const START_PROBABILITY = 50;
const { config } = resolveVadProfile({ profile: 'quiet' });
const beside = 'peer: level alone';

export default {
  title: 'Voice probability: 16 labelled files of 20 s, two for each kind of noise, and an hour of generated noise; profile quiet',
  peers: ['@jitsi/rnnoise-wasm'],
  async *run() {
    const files = readLabelledFiles();
    const level = await listenToAll(sources.level, files);
    const unseen = listenUnseen(files, () => true);
    const spectralNote = 'each file judged by a model fitted to the 15 others';
    yield* scoreSource('spectral', files, unseen, level, spectralNote);
    const stranger = listenUnseen(files, (file, judged) => file.noise !== judged.noise);
    yield { case: 'spectral AUC, kind of noise unseen', ours: auc(files, stranger), peer: auc(files, level), unit: 'AUC', note: `fitted without either file of its kind; ${beside}` };
    const shipped = await listenToAll(sources.spectral, files);
    yield { case: 'spectral AUC, as shipped', ours: auc(files, shipped), peer: auc(files, level), unit: 'AUC', note: `fitted to these very files; ${beside}` };

    const rnnoise = await listenToAll(sources.rnnoise, files);
    yield* scoreSource('rnnoise', files, rnnoise, level, beside);
    const bytes = RNNOISE_FILES.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
    yield { case: 'rnnoise download', ours: bytes / 1000, peer: null, unit: 'KB gzip' };

    yield* cost(files);
    yield* falseStarts();
  },
} satisfies Bench;

async function listenToAll(createSource: CreateVoiceSource, files: readonly LabelledFile[]): Promise<readonly Labels[]> {
  const labels: Labels[] = [];
  for (const { samples } of files) labels.push(await listen(createSource, samples));
  return labels;
}

function* scoreSource(source: string, files: readonly LabelledFile[], labels: readonly Labels[], level: readonly Labels[], note: string): Generator<BenchResult> {
  yield { case: `${source} AUC`, ours: auc(files, labels), peer: auc(files, level), unit: 'AUC', note };
  for (const noise of new Set(files.map((file) => file.noise))) {
    const isIt = (_: unknown, index: number) => files[index]?.noise === noise;
    yield { case: `${source} AUC, ${noise}`, ours: auc(files.filter(isIt), labels.filter(isIt)), peer: auc(files.filter(isIt), level.filter(isIt)), unit: 'AUC', note };
  }
  const speech = files.flatMap((file) => [...file.speech]);
  const f1Of = (of: readonly Labels[]) => f1(of.flatMap(({ probabilities }) => probabilities), speech, START_PROBABILITY);
  yield { case: `${source} F1 at ${START_PROBABILITY}`, ours: f1Of(labels), peer: f1Of(level), unit: 'F1', note };
  const ours = together(files, labels);
  const peer = together(files, level);
  for (const [name, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
    yield { case: `${source} onset ${name}`, ours: percentile(ours.onsetsMs, share), peer: percentile(peer.onsetsMs, share), unit: 'ms', note };
    yield { case: `${source} offset ${name}`, ours: percentile(ours.offsetsMs, share), peer: percentile(peer.offsetsMs, share), unit: 'ms', note };
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  yield { case: `${source} clipped speech`, ours: mean(ours.clippedMs), peer: mean(peer.clippedMs), unit: 'ms', note: 'mean of those found' };
  yield { case: `${source} missed`, ours: ours.missed, peer: peer.missed, unit: 'utterances', note: `of ${ours.utterances}` };
  yield { case: `${source} false starts`, ours: ours.falseStarts, peer: peer.falseStarts, unit: 'starts', note: `in ${files.length * 20} s` };
}

function together(files: readonly LabelledFile[], labels: readonly Labels[]) {
  const scores = files.flatMap((file, index) => {
    const of = labels[index];
    return of ? [scoreFile(file, findUtterances(file.samples, of, config))] : [];
  });
  const sum = (of: (score: (typeof scores)[number]) => number) => scores.reduce((total, score) => total + of(score), 0);
  return {
    onsetsMs: scores.flatMap((score) => score.onsetsMs),
    offsetsMs: scores.flatMap((score) => score.offsetsMs),
    clippedMs: scores.flatMap((score) => score.clippedMs),
    utterances: sum((score) => score.utterances),
    missed: sum((score) => score.missed),
    falseStarts: sum((score) => score.falseStarts),
  };
}

function auc(files: readonly LabelledFile[], labels: readonly Labels[]): number {
  return areaUnderCurve(labels.flatMap(({ probabilities }) => probabilities), files.flatMap(({ speech }) => [...speech]));
}

async function* falseStarts(): AsyncGenerator<BenchResult> {
  const totals = { spectral: 0, rnnoise: 0, level: 0 };
  for (const kind of noiseKinds) {
    const counts = { spectral: 0, rnnoise: 0, level: 0 };
    for (const seed of NOISE_SEEDS) {
      const samples = makeNoise(kind, seed, NOISE_SECONDS);
      for (const name of ['spectral', 'rnnoise', 'level'] as const) counts[name] += findUtterances(samples, await listen(sources[name], samples), config).length;
    }
    const perHour = 3600 / (NOISE_SEEDS.length * NOISE_SECONDS);
    for (const name of ['spectral', 'rnnoise'] as const) yield { case: `${name} false starts, ${kind}`, ours: counts[name] * perHour, peer: counts.level * perHour, ratio: null, unit: '/hour', note: beside };
    for (const name of ['spectral', 'rnnoise', 'level'] as const) totals[name] += counts[name];
  }
  const hours = (noiseKinds.length * NOISE_SEEDS.length * NOISE_SECONDS) / 3600;
  for (const name of ['spectral', 'rnnoise'] as const) yield { case: `${name} false starts, all noise`, ours: totals[name] / hours, peer: totals.level / hours, ratio: null, unit: '/hour', note: beside };
}

/** In a thread of its own, from the built package. */
async function* cost(files: readonly LabelledFile[]): AsyncGenerator<BenchResult> {
  const frames = files.flatMap(({ samples }) => framesOf(samples));
  const worker = new Worker(new URL('./support/voiceSourceCost.mjs', import.meta.url), {
    // Few at a time: a round must be shorter than what the machine gives to others.
    workerData: { frames, rounds: 1000, framesInRound: 20, rnnoiseFiles: RNNOISE_FILES },
  });
  try {
    const timesUs = await new Promise<{ readonly spectral: number; readonly rnnoise: number }>((resolve, reject) => worker.once('message', resolve).once('error', reject));
    yield { case: 'cost of a frame', ours: timesUs.spectral, peer: timesUs.rnnoise, unit: 'us/frame', note: 'ours: spectral; peer: rnnoise; both as shipped' };
  } finally {
    await worker.terminate();
  }
}
