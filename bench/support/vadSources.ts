import { readFileSync } from 'node:fs';
import { levelOf } from '../../src/turn-taking/voice/levelOf.js';
import { rnnoise } from '../../src/turn-taking/voice/rnnoise/rnnoise.js';
import { spectral } from '../../src/turn-taking/voice/spectral/createSpectralSource.js';
import { VOICE_FEATURE_COUNT } from '../../src/turn-taking/voice/spectral/createVoiceFeatures.js';
import { voiceProbability } from '../../src/turn-taking/voice/spectral/voiceModel.js';
import type { CreateVoiceSource, VoiceSourceOptions } from '../../src/turn-taking/voice/VoiceProbabilitySource.js';
import { featureRows, fitVoiceModel, noiseRows } from './vadFit.js';
import { framesOf, type LabelledFile } from './vadLabelled.js';
import type { Labels } from './vadScore.js';

export const RNNOISE_FILES = ['node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.js', 'node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.wasm'] as const;

/** One for all: a bench loads its modules before it runs, and not again. */
const loadedRnnoise = await load(rnnoise({ module: () => import('@jitsi/rnnoise-wasm/dist/rnnoise.js'), wasm: readFileSync(RNNOISE_FILES[1]) }));

/** Sources whose labels come within `push`, by name. `level` has no model: whatever is loud is speech. */
export const sources: Readonly<Record<'spectral' | 'rnnoise' | 'level', CreateVoiceSource>> = {
  spectral,
  rnnoise: loadedRnnoise,
  level: async ({ onLabel }) => ({
    kind: 'level',
    latencyMs: 0,
    push(frame) {
      const rmsDb = levelOf(frame);
      // -60 to -10 dBFS: Agora's level of -50 is then at 20, and its 70 at -25.
      onLabel({ rmsDb, voiceProbability: Math.max(0, Math.min(100, 2 * (rmsDb + 60))), pitchHz: null });
    },
    reset: () => undefined,
    close: () => undefined,
  }),
};

async function load(createSource: CreateVoiceSource): Promise<CreateVoiceSource> {
  let listener: VoiceSourceOptions['onLabel'] = () => undefined;
  const source = await createSource({ onLabel: (label) => listener(label) });
  return async ({ onLabel }) => {
    source.reset();
    listener = onLabel;
    return { ...source, close: () => undefined };
  };
}

/** What a source says of a recording. Not two at a time: a source may have one state for all. */
export async function listen(createSource: CreateVoiceSource, samples: Int16Array): Promise<Labels> {
  const probabilities: number[] = [];
  const levelsDb: number[] = [];
  const source = await createSource({
    onLabel({ voiceProbability, rmsDb }) {
      probabilities.push(voiceProbability);
      levelsDb.push(rmsDb);
    },
  });
  for (const frame of framesOf(samples)) source.push(frame);
  source.close();
  return { probabilities, levelsDb };
}

/**
 * What the spectral model says of recordings that it was not fitted to: each is judged by a model that was fitted to the others.
 * What it learns from is heard once, for every question.
 */
export function createUnseenEar(files: readonly LabelledFile[]): (isKnown: (file: LabelledFile, judged: LabelledFile) => boolean) => readonly Labels[] {
  const rows = files.map(({ samples, speech }) => featureRows(samples, speech));
  const noise = noiseRows();
  /** @param isKnown whether a recording may be learnt from when `judged` is judged. */
  return (isKnown) =>
    files.map((judged, index) => {
      const model = fitVoiceModel(rows.filter((_, other) => other !== index && isKnown(files[other] ?? judged, judged)), noise);
      const features = rows[index]?.features ?? new Float64Array(0);
      const frames = framesOf(judged.samples);
      return {
        probabilities: frames.map((_, frame) => 100 * voiceProbability(features, model, frame * VOICE_FEATURE_COUNT)),
        levelsDb: frames.map(levelOf),
      };
    });
}
